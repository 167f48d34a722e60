/// One value of a JSON5 document, with its place in the file.
public struct JSON5Value: Equatable, Sendable {
  /// What a value can be.
  public indirect enum Kind: Equatable, Sendable {
    /// The word `null`.
    case null
    /// The words `true` and `false`.
    case boolean(Bool)
    /// A whole number, exact, within the range of `Int64` or `UInt64`.
    case integer(Int128)
    /// Any other number, as it was written: binary floating point would change its value.
    case decimal(String)
    /// Text in single or double quotes, with escapes resolved.
    case string(String)
    /// A list in square brackets.
    case array([JSON5Value])
    /// Members in braces, in the order of the file; no key occurs twice.
    case object([JSON5Member])
  }

  /// The value itself.
  public let kind: Kind

  /// The characters of the value; only the opening bracket of a list or object.
  public let span: SourceSpan

  /// Creates a value found at a span.
  public init(_ kind: Kind, at span: SourceSpan) {
    self.kind = kind
    self.span = span
  }

  /// What kind of value this is, in words that fit after "not".
  var kindInWords: String {
    switch kind {
    case .null: "null"
    case .boolean: "a yes or no"
    case .integer, .decimal: "a number"
    case .string: "text"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

/// A key of a JSON5 object with its value.
public struct JSON5Member: Equatable, Sendable {
  /// The key, with quotes removed and escapes resolved.
  public let key: String

  /// The characters of the key.
  public let keySpan: SourceSpan

  /// The value after the colon.
  public let value: JSON5Value

  /// Creates a member from its key and value.
  public init(key: String, keySpan: SourceSpan, value: JSON5Value) {
    self.key = key
    self.keySpan = keySpan
    self.value = value
  }
}
