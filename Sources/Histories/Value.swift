/// What operations take and return: a small, self-describing value in the vocabulary of Jepsen's EDN.
public enum Value: Hashable, Sendable {
  /// No value: `nil` in EDN. For the result of a read it means "the key is absent".
  case none
  /// A truth value.
  case boolean(Bool)
  /// A whole number.
  case integer(Int64)
  /// A string.
  case text(String)
  /// A keyword, stored without its leading colon.
  case keyword(String)
  /// Values in order, such as the `[expected new]` of a compare-and-set.
  case list([Value])
}

extension Value: CustomStringConvertible {
  /// The value as EDN writes it.
  public var description: String {
    switch self {
    case .none: "nil"
    case .boolean(let flag): flag ? "true" : "false"
    case .integer(let number): String(number)
    case .text(let text): EDNWriter.quoted(text)
    case .keyword(let name): ":\(name)"
    case .list(let values): "[\(values.map(\.description).joined(separator: " "))]"
    }
  }
}
