extension Value {
  /// Whether this is a transaction such as `[[:r 1 nil] [:append 2 3]]`.
  var isListOfMicroOperations: Bool {
    guard case .list(let elements) = self, !elements.isEmpty else { return false }
    return elements.allSatisfy { element in
      guard case .list(let parts) = element, case .keyword = parts.first else { return false }
      return true
    }
  }

  /// A list of lists that all begin with a string, with these strings as keywords.
  var namingMicroOperations: Value {
    guard case .list(let elements) = self, !elements.isEmpty else { return self }
    var operations: [Value] = []
    for element in elements {
      guard case .list(var parts) = element, case .text(let name) = parts.first else { return self }
      parts[0] = .keyword(name.hasPrefix(":") ? String(name.dropFirst()) : name)
      operations.append(.list(parts))
    }
    return .list(operations)
  }
}
