public import Determinism

/// A rule that must hold: what findings call it, what it says, and what it is good for.
public struct Rule: Hashable, Sendable {
  /// Its name in its paper, in lower case with dashes, such as `election-safety`.
  public let slug: String
  /// What must hold, as a sentence without a full stop.
  public let statement: String
  /// Why it matters, in plain sentences for people who see it broken.
  public let rationale: String

  /// Declares a rule.
  public init(_ slug: String, _ statement: String, because rationale: String) {
    self.slug = slug
    self.statement = statement
    self.rationale = rationale
  }

  /// The finding that it was broken: how in one sentence with roles instead of names, and how this time.
  public func broken(_ kind: String, detail: Sentence) -> InvariantViolation {
    InvariantViolation(property: slug, kind: kind, detail: detail)
  }
}
