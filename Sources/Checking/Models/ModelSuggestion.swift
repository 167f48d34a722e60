public import Histories

extension Models {
  /// The name of the model that a history's functions and values point to, or nil in doubt.
  ///
  /// Without it, whoever checks a file has to know the convention of the tool that wrote it:
  /// Porcupine's registers of integers begin at zero, Jepsen's are empty, and stores of strings
  /// begin with the empty string. Where functions and values leave a choice there is no suggestion:
  /// `enqueue` and `dequeue` are those of a queue with order and of one without.
  public static func suggested(for history: History) -> String? {
    guard let traits = HistoryTraits(history) else { return nil }
    return register(traits) ?? byFunctions(traits) ?? byValues(traits)
  }

  private static func register(_ traits: HistoryTraits) -> String? {
    if traits.uses(only: ["read", "write", "cas"]) {
      return traits.hasKeys ? "key-value" : "cas-register"
    }
    guard traits.uses(only: ["get", "put", "append"]) else { return nil }
    guard traits.uses("append") else { return traits.hasKeys ? "kv-string" : "register?initial=0" }
    let isText = traits.inputs(of: "append") == [.text]
    return isText && !traits.outputs(of: "append").contains(.integer) ? "kv-string" : nil
  }

  /// Objects whose functions are like no others.
  private static func byFunctions(_ traits: HistoryTraits) -> String? {
    let vocabularies: [(model: String, some: [String], others: [String])] = [
      (
        "fetch-and-add",
        ["fetch-and-add", "fetch-add", "faa", "get-and-add", "add-and-fetch", "add-and-get"],
        ["read", "get"]
      ),
      (
        "counter", ["increment", "inc", "incr", "decrement", "dec", "decr"],
        ["add", "read", "get"]
      ),
      ("unique-ids", ["generate"], []),
      ("queue", ["enq", "deq", "peek"], ["enqueue", "dequeue", "len", "length", "size"]),
      (
        "stack",
        ["push", "pop", "Push", "Pop"],
        ["peek", "top", "len", "Len", "length", "size"]
      ),
      ("priority-queue", ["delete-max"], ["insert", "add", "peek", "max"]),
      ("priority-queue?order=min", ["delete-min"], ["insert", "add", "peek", "min"]),
      ("set", ["contains", "member"], ["add", "insert", "remove", "delete", "read"]),
      ("lease", ["renew"], ["acquire", "release"]),
      ("bank", ["transfer"], ["read"]),
      ("nondeterministic-register", ["put-any", "get-any", "get-all"], []),
    ]
    return vocabularies.first {
      $0.some.contains(where: traits.uses) && traits.uses(only: $0.some + $0.others)
    }?.model
  }

  /// Objects that share functions, and differ in what these take and return.
  private static func byValues(_ traits: HistoryTraits) -> String? {
    if traits.uses(only: ["add", "insert", "remove", "delete", "read"]) {
      return setOrCounter(traits)
    }
    if traits.uses(only: ["append", "read", "length", "len", "size"]) {
      return list(traits)
    }
    if traits.uses(only: ["acquire", "release"]), traits.inputs(of: "acquire") == [] {
      let answers = traits.outputs(of: "acquire")
      if answers == [.integer] { return "lease" }
      return answers.allSatisfy { $0 == .boolean } ? "mutex" : nil
    }
    if traits.uses(only: ["txn"]), traits.steps.allSatisfy(["read", "write"].contains) {
      return "multi-register"
    }
    return nil
  }

  private static func setOrCounter(_ traits: HistoryTraits) -> String? {
    let reads = traits.outputs(of: "read")
    if traits.uses(only: ["add", "read"]) {
      if reads == [.integer] && traits.inputs(of: "add") == [.integer] { return "counter" }
      guard reads == [.list] else { return nil }
      return traits.outputs(of: "add").contains(.boolean) ? "set" : "grow-only-set"
    }
    let removed = traits.inputs(of: "remove") + traits.inputs(of: "delete")
    return !removed.isEmpty && reads.allSatisfy { $0 == .list } ? "set" : nil
  }

  private static func list(_ traits: HistoryTraits) -> String? {
    switch (traits.inputs(of: "read"), traits.outputs(of: "read")) {
    case ([.integer], _): "log"
    case ([], [.list]): "append-list"
    case ([], [.text]): traits.inputs(of: "append") == [.text] ? "kv-string" : nil
    default: nil
    }
  }
}
