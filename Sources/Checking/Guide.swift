/// What a model or a checker is for, in the words that lists and documents show.
public struct Guide: Sendable {
  /// What it looks at, in one line.
  public let summary: String
  /// What a valid verdict promises.
  public let guarantee: String
  /// What the verdict costs, in operations n and operations open at once k.
  public let complexity: String
  /// The paper or program that the rule comes from.
  public let source: String
  /// A tiny history, in the EDN of Jepsen, that it rejects.
  public let failure: String

  /// Creates a guide.
  public init(
    summary: String, guarantee: String, complexity: String, source: String, failure: String
  ) {
    self.summary = summary
    self.guarantee = guarantee
    self.complexity = complexity
    self.source = source
    self.failure = failure
  }
}
