public import Checking
public import Determinism
import Histories

/// What a violation rests on, for whoever explains it.
public struct Evidence: Sendable {
  /// What happened, with nodes and values.
  public let detail: Sentence
  /// When it came to light; nil if it is about the run as a whole.
  public let instant: Instant?
  /// Why the property matters, in plain sentences.
  public let rationale: String?
  /// The certificate, if clients' histories were judged.
  public let explanation: Explanation?
  /// The operations on which the certificate rests; found only for a run that is fully recorded.
  public let essential: EssentialOperations?

  init(
    detail: Sentence, instant: Instant? = nil, rationale: String? = nil,
    explanation: Explanation? = nil, essential: EssentialOperations? = nil
  ) {
    self.detail = detail
    self.instant = instant
    self.rationale = rationale
    self.explanation = explanation
    self.essential = essential
  }
}
