/// Everything the command line knows about one verb; parsing and help are both derived from it.
struct CommandSpecification: Sendable {
  let name: String

  /// One line without a full stop, for the list of verbs.
  let summary: String

  let positionals: [PositionalSpecification]
  let options: [OptionSpecification]

  /// A command line that can be run as it stands.
  let example: String

  /// Whether help keeps silent about the verb because only orrery itself uses it.
  let isHidden: Bool

  init(
    _ name: String, summary: String, positionals: [PositionalSpecification] = [],
    options: [OptionSpecification] = [], example: String, isHidden: Bool = false
  ) {
    self.name = name
    self.summary = summary
    self.positionals = positionals
    self.options = options
    self.example = example
    self.isHidden = isHidden
  }

  /// The words of a usage line after `orrery`, each to be kept whole.
  var usage: [String] {
    [name] + positionals.map(\.usage) + options.map { "[\($0.usage)]" }
  }
}

/// An argument that is recognised by its place.
struct PositionalSpecification: Sendable {
  let placeholder: String
  let kind: ValueKind
  let isRequired: Bool

  /// Whether the argument may be given several times; only the last one of a verb may.
  let isRepeated: Bool

  let help: String

  init(
    _ placeholder: String, _ kind: ValueKind = .text, isRequired: Bool = true,
    isRepeated: Bool = false, help: String
  ) {
    self.placeholder = placeholder
    self.kind = kind
    self.isRequired = isRequired
    self.isRepeated = isRepeated
    self.help = help
  }

  var usage: String {
    let name = kind.choices.isEmpty ? placeholder : kind.choices.joined(separator: "|")
    let repeated = isRepeated ? name + "..." : name
    return isRequired ? repeated : "[\(repeated)]"
  }
}

/// An argument that is recognised by its name: a flag, or an option with a value.
struct OptionSpecification: Sendable {
  /// The long name without its dashes.
  let name: String

  /// The letter of the short form, if there is one.
  let letter: Character?

  /// What the value must be; nil for a flag.
  let kind: ValueKind?

  let placeholder: String

  let help: String

  private init(
    _ name: String, letter: Character?, kind: ValueKind?, placeholder: String,
    help: String
  ) {
    self.name = name
    self.letter = letter
    self.kind = kind
    self.placeholder = placeholder
    self.help = help
  }

  /// An option that is either given or not.
  static func flag(
    _ name: FlagName, letter: Character? = nil, help: String
  ) -> OptionSpecification {
    OptionSpecification(
      name.rawValue, letter: letter, kind: nil, placeholder: "", help: help)
  }

  /// An option that takes a value.
  static func value<Value>(
    _ name: OptionName<Value>, letter: Character? = nil, _ placeholder: String, _ kind: ValueKind,
    help: String
  ) -> OptionSpecification {
    OptionSpecification(
      name.text, letter: letter, kind: kind, placeholder: placeholder, help: help)
  }

  /// The option as a usage line shows it, such as `--seed N`.
  var usage: String {
    guard let kind else { return "--\(name)" }
    return "--\(name) \(kind.choices.isEmpty ? placeholder : kind.choices.joined(separator: "|"))"
  }
}
