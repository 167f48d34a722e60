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
  func has(_ flag: FlagName) -> Bool {
    requireDeclared(flag.rawValue)
    return flags.contains(flag.rawValue)
  }

  /// The value of an option, or nil if it was not given.
  subscript<Value>(option: OptionName<Value>) -> Value? {
    requireDeclared(option.text)
    guard let parsed = values[option.text] else { return nil }
    guard let value = option.read(parsed) else {
      fatalError("\(Program.name) \(command.name) declares --\(option.text) as another kind")
    }
    return value
  }

  private func requireDeclared(_ name: String) {
    let isDeclared = (command.options + GlobalOptions.specifications).contains { $0.name == name }
    if !isDeclared { fatalError("\(Program.name) \(command.name) does not declare --\(name)") }
  }
}
