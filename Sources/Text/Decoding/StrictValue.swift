/// A value being decoded, which knows what messages should call it and where it stands.
public struct StrictValue: Sendable {
  /// The value as it was parsed.
  public let value: JSON5Value

  /// What messages call the value: its key, with an index for elements of a list.
  public let label: String

  private let source: SourceText

  /// Wraps a value of a file; the label is what messages call it, such as `a scenario`.
  public init(_ value: JSON5Value, label: String, in source: SourceText) {
    self.value = value
    self.label = label
    self.source = source
  }

  /// An error placed at this value.
  public func failure(_ message: String, hint: String? = nil) -> ScenarioError {
    ScenarioError(in: source, at: value.span, message, hint: hint)
  }

  /// The text between quotes.
  public func string() throws(ScenarioError) -> String {
    guard case .string(let text) = value.kind else { throw mismatch("text") }
    return text
  }

  /// True or false.
  public func boolean() throws(ScenarioError) -> Bool {
    guard case .boolean(let flag) = value.kind else { throw mismatch("true or false") }
    return flag
  }

  /// Whether the value is a list.
  public var isList: Bool {
    guard case .array = value.kind else { return false }
    return true
  }

  /// The elements of a list, each decoded in the same way.
  public func list<Element>(
    _ decode: (StrictValue) throws(ScenarioError) -> Element
  ) throws(ScenarioError) -> [Element] {
    guard case .array(let elements) = value.kind else { throw mismatch("a list") }
    var decoded: [Element] = []
    for (index, element) in elements.enumerated() {
      decoded.append(try decode(StrictValue(element, label: "\(label)[\(index)]", in: source)))
    }
    return decoded
  }

  /// Every value of a key in this value, however deep; the elements of lists one by one.
  public func values(of key: String) -> [StrictValue] {
    switch value.kind {
    case .array(let elements):
      return elements.flatMap { StrictValue($0, label: label, in: source).values(of: key) }
    case .object(let members):
      return members.flatMap { member in
        let value = StrictValue(member.value, label: member.key, in: source)
        guard member.key == key else { return value.values(of: key) }
        guard case .array(let elements) = member.value.kind else { return [value] }
        return elements.map { StrictValue($0, label: key, in: source) }
      }
    default: return []
    }
  }

  /// An object, decoded by asking for its keys; keys not asked for are errors.
  public func object<Result>(
    _ decode: (inout StrictObject) throws(ScenarioError) -> Result
  ) throws(ScenarioError) -> Result {
    guard case .object(let members) = value.kind else { throw mismatch("an object") }
    var object = StrictObject(members: members, span: value.span, source: source)
    let result = try decode(&object)
    try object.finish()
    return result
  }

  /// One of several names; the noun says what is named, as in `unknown fault "partion"`.
  public func choice(of noun: String, among names: [String]) throws(ScenarioError) -> String {
    let name = try string()
    if names.contains(name) { return name }
    throw failure(
      "unknown \(noun) \"\(name)\"",
      hint: Suggestion.hint(for: name, among: names)
        ?? "one of \(names.joined(separator: ", "))")
  }

  /// One case of an enumeration by its raw value.
  public func choice<Choice: CaseIterable & RawRepresentable<String>>(
    of noun: String, as type: Choice.Type = Choice.self
  ) throws(ScenarioError) -> Choice {
    let name = try choice(of: noun, among: Choice.allCases.map(\.rawValue))
    guard let choice = Choice(rawValue: name) else { throw failure("unknown \(noun) \"\(name)\"") }
    return choice
  }

  func mismatch(_ expected: String) -> ScenarioError {
    failure("\(label) must be \(expected), not \(value.kindInWords)")
  }
}
