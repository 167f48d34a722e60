import Determinism

/// The arguments of one verb, checked and converted; asking for an undeclared option is a bug.
struct ParsedArguments: Sendable {
  let command: CommandSpecification
  let positionals: [ParsedValue]
  private let flags: [String]
  private let values: [String: ParsedValue]
  /// The command line as it has to be given again in the folder to which the program has changed.
  let wordsInFolder: [String]

  init(
    command: CommandSpecification, positionals: [ParsedValue], flags: [String],
    values: [String: ParsedValue], wordsInFolder: [String] = []
  ) {
    self.command = command
    self.positionals = positionals
    self.flags = flags
    self.values = values
    self.wordsInFolder = wordsInFolder
  }

  /// The positional arguments that are plain words, in order.
  var words: [String] {
    positionals.compactMap { if case .text(let word) = $0 { word } else { nil } }
  }

  /// The positional arguments of the form `scenario@seed`, in order.
  var runReferences: [RunReference] {
    positionals.compactMap { if case .runReference(let run) = $0 { run } else { nil } }
  }

  /// Whether a flag was given.
  func flag(_ name: String) -> Bool {
    requireDeclared(name)
    return flags.contains(name)
  }

  /// The text of an option, or the choice made by it.
  func string(_ name: String) -> String? {
    if case .text(let text) = value(name) { text } else { nil }
  }

  /// The whole number given by an option.
  func integer(_ name: String) -> Int? {
    if case .integer(let number) = value(name) { number } else { nil }
  }

  /// The seed, or other 64-bit number, given by an option.
  func seed(_ name: String) -> UInt64? {
    if case .unsigned(let seed) = value(name) { seed } else { nil }
  }

  /// The seeds given by an option, both ends included.
  func seedRange(_ name: String) -> ClosedRange<UInt64>? {
    if case .seedRange(let range) = value(name) { range } else { nil }
  }

  /// The span of time given by an option.
  func duration(_ name: String) -> Nanoseconds? {
    if case .duration(let duration) = value(name) { duration } else { nil }
  }

  private func value(_ name: String) -> ParsedValue? {
    requireDeclared(name)
    return values[name]
  }

  private func requireDeclared(_ name: String) {
    let isDeclared = (command.options + GlobalOptions.specifications).contains { $0.name == name }
    if !isDeclared { fatalError("\(Program.name) \(command.name) does not declare --\(name)") }
  }
}
