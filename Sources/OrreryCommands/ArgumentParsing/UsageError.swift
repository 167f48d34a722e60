/// A command line that cannot be obeyed; the process ends with `ExitCode.usage`.
struct UsageError: Error, Equatable {
  let message: String

  /// What to do about it, such as `did you mean "fuzz"?`.
  let hint: String?

  /// The verb whose help explains the rest, if one was recognised.
  let verb: String?

  init(_ message: String, hint: String? = nil, verb: String? = nil) {
    self.message = message
    self.hint = hint
    self.verb = verb
  }

  /// The error as text for stderr, ending in a line break.
  func render() -> String {
    let remedy = hint.map { "; \($0)" } ?? ""
    return
      "\(Program.name): \(message)\(remedy)\nSee: \(Program.name) \(verb.map { "help \($0)" } ?? "--help")\n"
  }
}
