public import Determinism
public import Histories

/// The answer of any checker: three-valued, with its evidence.
public struct Assessment: Hashable, Sendable {
  /// Whether the history is as it should be.
  public enum Outcome: Hashable, Sendable {
    /// It is, and the certificate or the facts show it.
    case valid
    /// It is not; the anomalies say why.
    case invalid
    /// The checker cannot tell; the text says what would help.
    case unknown(advice: String)
  }

  /// Something worth knowing beside the verdict, such as a count or the worst delay.
  public struct Fact: Hashable, Sendable {
    /// What was counted or measured, in words with hyphens: `lost-count`.
    public var name: String
    /// The number, or list, or name.
    public var value: Value

    /// Creates a fact.
    public init(_ name: String, value: Value) {
      self.name = name
      self.value = value
    }
  }

  /// The verdict.
  public var outcome: Outcome
  /// What is wrong, the most telling first; a valid history may have harmless ones.
  public var anomalies: [Anomaly]
  /// What was counted or measured.
  public var facts: [Fact]
  /// The order that shows that a history is valid, for checkers that find one.
  public var linearization: Linearization?
  /// Where and why a history stops being linearizable, for checkers that look for that.
  public var explanation: Explanation?

  /// Creates an assessment.
  public init(
    _ outcome: Outcome, anomalies: [Anomaly] = [], facts: [Fact] = [],
    linearization: Linearization? = nil, explanation: Explanation? = nil
  ) {
    self.outcome = outcome
    self.anomalies = anomalies
    self.facts = facts
    self.linearization = linearization
    self.explanation = explanation
  }

  /// Describes the answer of a search for a linearization.
  public init(_ verdict: Verdict) {
    switch verdict {
    case .valid(let linearization): self.init(.valid, linearization: linearization)
    case .invalid(let explanation): self.init(.invalid, explanation: explanation)
    case .unknown(let limit): self.init(.unknown(advice: limit.advice))
    }
  }
}

/// One thing that should not be in a history, with the operations that show it.
public struct Anomaly: Hashable, Sendable {
  /// Its name in the vocabulary of the field, such as `lost-write`.
  public var name: String
  /// The object at fault, where the history has several.
  public var key: Value?
  /// The operations that together show it, as few as possible.
  public var operations: [OperationID]
  /// What happened, in one plain sentence.
  public var text: String
  /// What it is about besides, such as an epoch.
  public var subjects: [Subject]

  /// Creates an anomaly.
  public init(
    _ name: String, key: Value? = nil, operations: [OperationID], text: String,
    about subjects: [Subject] = []
  ) {
    self.subjects = subjects
    self.name = name
    self.key = key
    self.operations = operations
    self.text = text
  }
}
