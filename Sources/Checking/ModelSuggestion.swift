public import Histories

extension Models {
  /// The name of the model that a history's functions and keys point to, or nil if none fits.
  ///
  /// Without it, whoever checks a file has to know the convention of the tool that wrote it:
  /// Porcupine's registers of integers begin at zero, Jepsen's are empty, and stores of strings
  /// begin with the empty string.
  public static func suggested(for history: History) -> String? {
    var functions: [String] = []
    var hasKeys = false
    for operation in history.operations {
      hasKeys = hasKeys || operation.invocation.key != .none
      let function = operation.invocation.function
      if !functions.contains(function) { functions.append(function) }
    }
    let uses = { (names: [String]) in functions.allSatisfy(names.contains) }
    if functions.isEmpty || uses(["read", "write", "cas"]) {
      return hasKeys ? "key-value" : "cas-register"
    }
    if uses(["get", "put", "append"]) {
      return hasKeys || functions.contains("append") ? "kv-string" : "register?initial=0"
    }
    if uses(["add", "read"]) { return "set" }
    if uses(["acquire", "release"]) { return "mutex" }
    if uses(["put-any", "get-any", "get-all"]) { return "nondeterministic-register" }
    return nil
  }
}
