import Histories
import Testing

@testable import Checking

/// Models can be found by name.
struct ModelsTests {
  @Test func `every listed model is found by its name`() {
    for model in Models.all {
      #expect(Models.named(model.name)?.summary == model.summary)
      #expect(!model.guarantee.isEmpty)
    }
  }

  @Test func `options choose the initial value and the meaning of nil`() throws {
    let history = try HistoryReader.read(
      """
      {:process 0 :type :invoke :f :read}
      {:process 0 :type :ok :f :read :value 0}
      {:process 0 :type :invoke :f :read}
      {:process 0 :type :ok :f :read :value nil}
      """)
    let verdict = { (name: String) in try Models.named(name)?.check(history, .standard) }
    #expect(try verdict("register")?.explanation?.operation == OperationID(0))
    #expect(try verdict("register?initial=0")?.explanation?.operation == OperationID(1))
    #expect(try verdict("register?initial=0&nil-reads=unknown")?.linearization != nil)
  }

  @Test(arguments: [
    "registers", "", "register?", "register?initial=", "register?x=1", "set?initial=0",
  ])
  func `an unknown name or option finds nothing`(name: String) {
    #expect(Models.named(name) == nil)
  }
}
