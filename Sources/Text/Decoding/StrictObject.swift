/// An object being decoded, which accepts no key that nobody asks for.
///
/// Ask for every key with `required` or `optional`; whoever hands out the object then calls
/// `finish`, which rejects the rest. The keys asked for are, by that, the keys allowed.
public struct StrictObject: Sendable {
  private let members: [JSON5Member]
  private let span: SourceSpan
  private let source: SourceText
  private var asked: [String] = []

  init(members: [JSON5Member], span: SourceSpan, source: SourceText) {
    self.members = members
    self.span = span
    self.source = source
  }

  /// The keys that the file gives, in its order, for objects whose keys are free.
  public var keys: [String] { members.map(\.key) }

  /// The value of a key that may be absent.
  public mutating func optional(_ key: String) -> StrictValue? {
    asked.append(key)
    return members.first { $0.key == key }.map { StrictValue($0.value, label: key, in: source) }
  }

  /// The value of a key that must be present.
  public mutating func required(_ key: String) throws(ScenarioError) -> StrictValue {
    if let value = optional(key) { return value }
    let lookalike = members.first {
      !asked.contains($0.key) && Suggestion.nearest(to: $0.key, among: [key]) != nil
    }
    throw failure(
      "missing key \"\(key)\"",
      hint: lookalike.map { "line \($0.keySpan.start.line) has \"\($0.key)\"" })
  }

  /// An error about the object as a whole, placed at its opening brace.
  public func failure(_ message: String, hint: String? = nil) -> ScenarioError {
    ScenarioError(in: source, at: span, message, hint: hint)
  }

  /// Rejects the first key that was not asked for.
  public func finish() throws(ScenarioError) {
    guard let stranger = members.first(where: { !asked.contains($0.key) }) else { return }
    let unused = asked.filter { key in !members.contains { $0.key == key } }
    throw ScenarioError(
      in: source, at: stranger.keySpan, "unknown key \"\(stranger.key)\"",
      hint: Suggestion.hint(for: stranger.key, among: unused), allowedKeys: asked)
  }
}
