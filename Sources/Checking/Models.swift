public import Histories

/// A named model that a history can be judged by.
public struct Model: Sendable {
  /// The name on a command line, such as `cas-register`.
  public let name: String
  /// The object and its functions in one line.
  public let summary: String
  /// What a valid verdict promises.
  public let guarantee: String
  /// Judges a history within limits.
  public let check: @Sendable (History, SearchLimits) throws(SpecificationError) -> Verdict

  /// Creates a model whose histories should be linearizable against a specification.
  init(_ name: String, _ summary: String, _ specification: some SequentialSpecification) {
    self.name = name
    self.summary = summary
    guarantee =
      "linearizability: each operation takes effect at one instant between its invocation and "
      + "its completion"
    check = { (history, limits) throws(SpecificationError) in
      try LinearizabilityChecker(specification, limits: limits).check(history)
    }
  }
}

/// The models that can be chosen by name.
public enum Models {
  /// Every model, in the order in which lists should show them.
  public static var all: [Model] {
    [
      Model(
        "register", "read and write; empty at first",
        RegisterSpecification(allowsCompareAndSet: false)),
      Model(
        "cas-register", "read, write and cas [expected new]; empty at first",
        RegisterSpecification()),
      Model(
        "key-value", "read, write and cas for each key; every key absent at first",
        RegisterSpecification()),
      Model(
        "kv-string", "get, put and append of strings for each key; every key \"\" at first",
        TextStoreSpecification()),
      Model("set", "add an element, read all elements; empty at first", SetSpecification()),
      Model("mutex", "acquire and release of one lock; free at first", MutexSpecification()),
      Model(
        "nondeterministic-register",
        "put-any keeps some subset, get-any returns some subset, get-all everything",
        NondeterministicRegisterSpecification()),
    ]
  }

  /// The model with a name, or nil when there is none.
  ///
  /// The register models take options: `cas-register?initial=0&nil-reads=unknown` starts at zero and
  /// takes a read of `nil` for a result that was not recorded, which is the convention of Knossos.
  /// The initial value is any value of EDN, such as `"A"` or `nil`.
  public static func named(_ name: String) -> Model? {
    let parts = name.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return all.first { $0.name == name } }
    guard let plain = all.first(where: { $0.name == parts[0] }),
      ["register", "cas-register", "key-value"].contains(plain.name)
    else { return nil }
    var initial = Value.none
    var nilRead = RegisterSpecification.NilRead.absent
    for option in parts[1].split(separator: "&", omittingEmptySubsequences: false) {
      switch option {
      case "nil-reads=absent": nilRead = .absent
      case "nil-reads=unknown": nilRead = .unknown
      case let other where other.hasPrefix("initial="):
        guard let value = Value(edn: String(other.dropFirst("initial=".count))) else { return nil }
        initial = value
      default: return nil
      }
    }
    return Model(
      name, plain.summary,
      RegisterSpecification(
        initial: initial, nilRead: nilRead, allowsCompareAndSet: plain.name != "register"))
  }
}
