import Histories
import Testing

@testable import Checking

/// Checkers can be found by name, and tell what they are for.
struct CheckersTests {
  @Test func `every listed checker is found by its name`() {
    for checker in Checkers.all {
      #expect(Checkers.named(checker.name)?.guide.summary == checker.guide.summary)
    }
    #expect(Set(Checkers.all.map(\.name)).count == Checkers.all.count)
  }

  @Test(arguments: Checkers.all.map(\.name))
  func `a checker rejects the failure that its guide shows`(name: String) throws {
    let checker = try #require(Checkers.named(name))
    let guide = checker.guide
    for text in [guide.summary, guide.guarantee, guide.complexity, guide.source] {
      #expect(!text.isEmpty)
    }
    let assessment = try checker.check(HistoryReader.read(guide.failure))
    #expect(assessment.outcome == .invalid)
    #expect(!assessment.anomalies.isEmpty || assessment.explanation != nil)
  }

  @Test(arguments: Checkers.all.map(\.name))
  func `an empty history is not invalid`(name: String) throws {
    let checker = try #require(Checkers.named(name))
    #expect(try checker.check(History()).outcome != .invalid)
  }

  @Test(arguments: Checkers.all.map(\.name))
  func `every option of a checker can be set, and only to its values`(name: String) throws {
    for option in try #require(Checkers.named(name)).options {
      #expect(!option.meaning.isEmpty)
      let (good, bad) = option.samples
      for text in good { #expect(Checkers.named("\(name)?\(option.name)=\(text)") != nil) }
      for text in bad where !good.contains(text) {
        #expect(Checkers.named("\(name)?\(option.name)=\(text)") == nil)
      }
    }
    for suffix in ["?", "?x", "?x=", "?no-such-option=1", " ", "?&"] {
      #expect(Checkers.named(name + suffix) == nil)
    }
  }

  @Test(arguments: ["", "?", "session guarantees"])
  func `an unknown name finds nothing`(name: String) {
    #expect(Checkers.named(name) == nil)
  }
}
