import Histories
import Testing

@testable import Checking

/// What lists say about models and checkers is true.
struct GuideTests {
  @Test(arguments: ModelProperty.allCases)
  func `a property rejects the history that its guide shows`(property: ModelProperty) throws {
    let model = try #require(Models.named("cas-register"))
    let history = try HistoryReader.read(property.guide.failure)
    #expect(try property.check(history, model: model).outcome == .invalid)
  }
}
