public import Text

/// A change of one value of a scenario that a reference asks for, as in `raft/swarm?clients.count=8`.
///
/// The name is one of the scenario's axes, or the keys that lead to a value joined by dots; elements
/// of lists go by their number from zero. The text is JSON5; plain words need no quotes.
public struct ScenarioSetting: Sendable {
  /// What is set.
  public let name: String
  /// What it is set to.
  public let text: String

  /// Creates a setting.
  public init(name: String, text: String) {
    self.name = name
    self.text = text
  }

  /// Splits a reference such as `raft/swarm?clients.count=8&phases.chaos=1s` into both parts.
  public static func split(
    _ reference: String
  ) throws(ScenarioError) -> (scenario: String, settings: [ScenarioSetting]) {
    let halves = reference.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2 else { return (reference, []) }
    var settings: [ScenarioSetting] = []
    for part in halves[1].split(separator: "&", omittingEmptySubsequences: false) {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2, !pair[0].isEmpty, !pair[1].isEmpty else {
        throw failure(String(part), "a setting must be name=value", hint: "such as clients.count=8")
      }
      settings.append(ScenarioSetting(name: String(pair[0]), text: String(pair[1])))
    }
    return (String(halves[0]), settings)
  }

  /// The setting as a reference writes it.
  var description: String { "\(name)=\(text)" }

  /// An error about this setting.
  func failure(_ message: String, hint: String? = nil) -> ScenarioError {
    Self.failure(description, message, hint: hint)
  }

  private static func failure(
    _ text: String, _ message: String, hint: String? = nil
  ) -> ScenarioError {
    ScenarioError(
      in: SourceText(text, file: "setting"),
      at: SourceSpan(start: SourcePosition(line: 1, column: 1), width: max(1, text.count)), message,
      hint: hint)
  }

  /// The value that the text means.
  func value() throws(ScenarioError) -> JSON5Value {
    let isPlain = text.first.map { $0.isLetter } ?? false || text.last.map { $0.isLetter } ?? false
    if isPlain, text != "true", text != "false" {
      return JSON5Value(
        .string(text), at: SourceSpan(start: SourcePosition(line: 1, column: 1), width: 1))
    }
    return try JSON5Parser.parse(SourceText(text, file: "setting \(name)"))
  }
}

extension JSON5Value {
  /// The document with the value at a path replaced; keys may be new.
  ///
  /// What is put in stands where the old value stood, so that complaints about it lead there, unless
  /// it comes from the same file and keeps its own place.
  func replacing(
    _ path: ArraySlice<String>, with new: JSON5Value, for setting: ScenarioSetting,
    keepingPlace: Bool = false
  ) throws(ScenarioError) -> JSON5Value {
    guard let key = path.first else { return keepingPlace ? new : new.placed(at: span) }
    let put = { (value: JSON5Value) throws(ScenarioError) in
      try value.replacing(path.dropFirst(), with: new, for: setting, keepingPlace: keepingPlace)
    }
    switch kind {
    case .object(var members):
      if let place = members.firstIndex(where: { $0.key == key }) {
        let old = members[place]
        members[place] = JSON5Member(
          key: key, keySpan: old.keySpan,
          value: try put(old.value))
      } else {
        let empty = JSON5Value(path.count == 1 ? .null : .object([]), at: span)
        members.append(JSON5Member(key: key, keySpan: span, value: try put(empty)))
      }
      return JSON5Value(.object(members), at: span)
    case .array(var elements):
      guard let index = Int(key), elements.indices.contains(index) else {
        throw setting.failure("the list has no element \"\(key)\"", hint: "they count from 0")
      }
      elements[index] = try put(elements[index])
      return JSON5Value(.array(elements), at: span)
    default:
      throw setting.failure("\"\(key)\" leads nowhere: there is no object or list above it")
    }
  }

  /// The same value with all of it placed at a span.
  private func placed(at span: SourceSpan) -> JSON5Value {
    switch kind {
    case .array(let elements):
      JSON5Value(.array(elements.map { $0.placed(at: span) }), at: span)
    case .object(let members):
      JSON5Value(
        .object(
          members.map {
            JSON5Member(key: $0.key, keySpan: span, value: $0.value.placed(at: span))
          }), at: span)
    default: JSON5Value(kind, at: span)
    }
  }
}
