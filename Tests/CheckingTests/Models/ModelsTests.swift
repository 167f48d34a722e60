import Histories
import Testing

@testable import Checking

/// Models can be found by name, and do what their guides say.
struct ModelsTests {
  @Test func `every listed model is found by its name`() {
    #expect(Models.all.count >= 22)
    for model in Models.all {
      #expect(Models.named(model.name)?.summary == model.summary)
      #expect(Models.all.count { $0.name == model.name } == 1)
      let guide = model.guide
      for text in [guide.guarantee, guide.complexity, guide.source] { #expect(!text.isEmpty) }
    }
  }

  @Test(arguments: Models.all.map(\.name))
  func `a model rejects the failure in its guide`(name: String) throws {
    let model = try #require(Models.named(name))
    let history = try HistoryReader.read(model.guide.failure)
    let explanation = try #require(try model.check(history).explanation)
    #expect(explanation.event == history.eventCount - 1 || name == "bank")
  }

  @Test(arguments: Models.all.map(\.name))
  func `an unknown function names the way out`(name: String) throws {
    let model = try #require(Models.named(name))
    let history = try HistoryReader.read("{:process 0 :type :invoke :f :frobnicate}")
    let error = #expect(throws: SpecificationError.self) { try model.check(history) }
    #expect(error?.message.hasSuffix("has no function 'frobnicate'") == true)
    #expect(error?.fix.hasPrefix("use ") == true)
  }

  @Test func `options choose the initial value and the meaning of nil`() throws {
    let history = try HistoryReader.read(
      """
      {:process 0 :type :invoke :f :read}
      {:process 0 :type :ok :f :read :value 0}
      {:process 0 :type :invoke :f :read}
      {:process 0 :type :ok :f :read :value nil}
      """)
    let verdict = { (name: String) in try Models.named(name)?.check(history) }
    #expect(try verdict("register")?.explanation?.operation == OperationID(0))
    #expect(try verdict("register?initial=nil")?.explanation?.operation == OperationID(0))
    #expect(try verdict("register?initial=0")?.explanation?.operation == OperationID(1))
    #expect(try verdict("register?initial=0&nil-reads=unknown")?.linearization != nil)
  }

  @Test func `a model with options says so in its name`() {
    let name = "cas-register?initial=0&nil-reads=unknown"
    #expect(Models.named(name)?.name == name)
  }

  @Test(arguments: Models.all.map(\.name))
  func `every option of a model can be set, and only to its values`(name: String) throws {
    for option in try #require(Models.named(name)).options {
      #expect(!option.meaning.isEmpty)
      let (good, bad) = option.samples
      for text in good { #expect(Models.named("\(name)?\(option.name)=\(text)") != nil) }
      for text in bad where !good.contains(text) {
        #expect(Models.named("\(name)?\(option.name)=\(text)") == nil)
      }
    }
  }

  @Test func `options describe themselves`() {
    let usages = Models.named("register")?.options.map(\.usage)
    #expect(usages == ["initial=nil (any value of EDN)", "nil-reads=absent|unknown"])
  }

  @Test(arguments: [
    "registers", "", "register?", "register?initial=", "register?x=1", "set?initial=0",
    "register?initial=x", "register?initial=0&", "semaphore?permits=0", "lease?expiry=soon",
  ])
  func `an unknown name or option finds nothing`(name: String) {
    #expect(Models.named(name) == nil)
  }
}
