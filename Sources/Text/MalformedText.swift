/// Why a piece of text does not mean what it should, whoever supplied it.
///
/// The complaint continues a sentence that begins with the name of the culprit: a scenario says
/// "timeout needs a unit", the command line "--for needs a unit".
public struct MalformedText: Error, Equatable, Sendable {
  /// What is wrong, such as `needs a unit`.
  public let complaint: String

  /// What to do about it, such as `did you mean "50ms" or "50s"?`.
  public let hint: String?

  /// Creates a complaint with an optional remedy.
  public init(_ complaint: String, hint: String? = nil) {
    self.complaint = complaint
    self.hint = hint
  }
}
