extension Operation {
  /// What a completed operation returned, or nil when its outcome is unknown.
  var output: Value? {
    if case .ok(let output) = completion { output } else { nil }
  }

  /// Whether the object answered `false`: it refused, and nothing changed.
  var isRefused: Bool { completion == .ok(.boolean(false)) }

  /// An argument or result that has to be a whole number.
  func integer(_ value: Value, meaning: String) throws(SpecificationError) -> Int64 {
    if case .integer(let number) = value { return number }
    throw SpecificationError(
      self, message: "\(value) is not \(meaning)", fix: "record it as a whole number")
  }

  /// How much to add, acquire or release: one unless the operation says more.
  func amount() throws(SpecificationError) -> Int64 {
    guard invocation.input != .none else { return 1 }
    return try integer(invocation.input, meaning: "an amount")
  }

  /// The error for a function that the object does not have.
  func unknownFunction(of object: String, use functions: String) -> SpecificationError {
    SpecificationError(
      self, message: "\(object) has no function '\(invocation.function)'",
      fix: "use \(functions), or choose another model")
  }
}

extension Value {
  /// The elements of a list.
  var elements: [Value]? {
    if case .list(let elements) = self { elements } else { nil }
  }

  /// What a map holds under a name; readers deliver a map as the list of its `[key value]` pairs.
  func field(_ name: String) -> Value? {
    for pair in elements ?? [] {
      guard let pair = pair.elements, pair.count == 2 else { return nil }
      if pair[0] == .keyword(name) || pair[0] == .text(name) { return pair[1] }
    }
    return nil
  }
}
