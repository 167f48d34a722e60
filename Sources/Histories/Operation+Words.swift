extension Invocation {
  /// What was asked for, such as `write 7 of key 0`; the key can be left out where it is known.
  public func words(namesKey: Bool = true) -> String {
    let input = input == .none ? "" : " \(input)"
    let key = namesKey && key != .none ? " of key \(key)" : ""
    return "\(function)\(input)\(key)"
  }
}

extension Completion {
  /// What the client was told when it asked for something.
  public func words(to invocation: Invocation) -> String {
    switch self {
    case .ok(.none): invocation.input == .none && invocation.function == "read" ? "nil" : "ok"
    case .ok(let value): "\(value)"
    case .fail: "failed"
    case .info: "unknown"
    }
  }
}
