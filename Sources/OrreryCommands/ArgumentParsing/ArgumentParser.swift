import Text
import Scenarios
import Terminal

/// What a command line asks for.
enum Invocation: Sendable {
  /// Help about one verb, or about orrery as a whole.
  case help(verb: CommandSpecification?, GlobalOptions)
  case version(GlobalOptions)
  case command(ParsedArguments, GlobalOptions)
}

/// Reads a command line by the table of verbs.
struct ArgumentParser {
  private let table: CommandTable
  private var remaining: ArraySlice<String>
  private var command: CommandSpecification?
  private var positionals: [ParsedValue] = []
  private var flags: [String] = []
  private var values: [String: ParsedValue] = [:]
  /// The words so far but for the change of folder, which must not happen twice.
  private var wordsInFolder: [String] = []

  /// Understands the words after the program's name, or says why they make no sense.
  static func parse(
    _ words: [String], by table: CommandTable = .orrery
  ) throws(UsageError) -> Invocation {
    var parser = ArgumentParser(table: table, remaining: words[...])
    try parser.readAll()
    return try parser.invocation()
  }

  private init(table: CommandTable, remaining: ArraySlice<String>) {
    self.table = table
    self.remaining = remaining
  }

  private mutating func readAll() throws(UsageError) {
    var acceptsOptions = true
    while let word = remaining.first {
      let rest = remaining
      remaining.removeFirst()
      let hadDirectory = values["directory"] != nil
      defer {
        let isChangeOfFolder = !hadDirectory && values["directory"] != nil
        if !isChangeOfFolder { wordsInFolder += rest[..<remaining.startIndex] }
      }
      if !acceptsOptions || !word.hasPrefix("-") || word == "-" {
        try readPositional(word)
      } else if word == "--" {
        acceptsOptions = false
      } else if word.hasPrefix("--") {
        try readLongOption(word)
      } else {
        try readLetters(word)
      }
    }
  }

  private mutating func readPositional(_ word: String) throws(UsageError) {
    guard let command else {
      command = try table.command(named: word)
      return
    }
    let index = positionals.count
    let isExtra = index >= command.positionals.count
    guard let specification = isExtra ? command.positionals.last : command.positionals[index],
      !isExtra || specification.isRepeated
    else {
      throw failure("unexpected argument \"\(word)\"")
    }
    positionals.append(try value(of: word, specification.kind, for: specification.placeholder))
  }

  private mutating func readLongOption(_ word: String) throws(UsageError) {
    let halves = word.dropFirst(2).split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(halves[0])
    let attached = halves.count == 2 ? String(halves[1]) : nil
    guard let option = options.first(where: { $0.name == name }) else {
      throw unknownOption("--\(name)")
    }
    guard let kind = option.kind else {
      if attached != nil { throw failure("--\(name) takes no value") }
      return try add(option)
    }
    try readValue(of: option, kind, attached: attached)
  }

  private mutating func readValue(
    of option: OptionSpecification, _ kind: ValueKind, attached: String?
  ) throws(UsageError) {
    let name = option.name
    guard let text = attached ?? nextValue() else {
      throw failure("--\(name) needs a value", hint: "such as --\(option.usage.dropFirst(2))")
    }
    if values[name] != nil { throw failure("--\(name) is given twice") }
    values[name] = try value(of: text, kind, for: "--\(name)")
  }

  private mutating func readLetters(_ word: String) throws(UsageError) {
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      guard let option = options.first(where: { $0.letter == letter }) else {
        throw unknownOption(word)
      }
      if let kind = option.kind {
        // What stands behind the letter is its value: -C DIR, or -CDIR; so it must come first.
        guard word.dropFirst().first == letter else {
          throw failure("-\(letter) takes a value, so no letters stand before it")
        }
        return try readValue(of: option, kind, attached: letters.isEmpty ? nil : String(letters))
      }
      try add(option)
    }
  }

  private mutating func add(_ flag: OptionSpecification) throws(UsageError) {
    if flags.contains(flag.name) {
      throw failure("--\(flag.name) is given twice")
    }
    flags.append(flag.name)
  }

  /// The next word, unless it is plainly another option; `-3` and `-` are values.
  private mutating func nextValue() -> String? {
    guard let next = remaining.first else { return nil }
    let isOption = next.hasPrefix("-") && next.dropFirst().first.map { !$0.isNumber } ?? false
    return isOption ? nil : remaining.popFirst()
  }

  private func value(
    of text: String, _ kind: ValueKind, for label: String
  ) throws(UsageError) -> ParsedValue {
    do throws(MalformedText) {
      return try kind.parse(text)
    } catch {
      throw failure("\(label) \(error.complaint)", hint: error.hint)
    }
  }

  private func invocation() throws(UsageError) -> Invocation {
    let global = try globalOptions()
    if flags.contains("help") { return .help(verb: command, global) }
    if flags.contains("version") { return .version(global) }
    guard let command else { throw failure("no command given") }
    if command.name == CommandSpecification.help.name {
      guard case .text(let verb) = positionals.first else { return .help(verb: nil, global) }
      return .help(verb: try table.command(named: verb), global)
    }
    let required = command.positionals.filter(\.isRequired)
    if positionals.count < required.count {
      throw failure("\(command.name) needs a \(required[positionals.count].placeholder)")
    }
    let arguments = ParsedArguments(
      command: command, positionals: positionals, flags: flags, values: values,
      wordsInFolder: wordsInFolder)
    return .command(arguments, global)
  }

  private func globalOptions() throws(UsageError) -> GlobalOptions {
    let isGiven = { (name: String) in flags.contains(name) }
    if isGiven("json") && isGiven("plain") {
      throw failure("--json and --plain exclude each other")
    }
    var color = ColorChoice.auto
    if case .text(let name) = values["color"] { color = ColorChoice(rawValue: name) ?? .auto }
    return GlobalOptions(
      isQuiet: isGiven("quiet"),
      wantsJSON: isGiven("json"), wantsPlain: isGiven("plain"), wantsASCII: isGiven("ascii"),
      color: color, directory: text(of: "directory"), scenarios: text(of: "scenarios"))
  }

  private func text(of option: String) -> String? {
    if case .text(let text) = values[option] { text } else { nil }
  }

  private var options: [OptionSpecification] {
    (command?.options ?? []) + GlobalOptions.specifications
  }

  private func unknownOption(_ name: String) -> UsageError {
    let known = options.map { "--\($0.name)" }
    if let nearest = Suggestion.nearest(to: name, among: known) {
      return failure("unknown option \(name)", hint: "did you mean \(nearest)?")
    }
    let owner = table.visibleCommands.first { $0.options.contains { "--\($0.name)" == name } }
    return failure(
      "unknown option \(name)", hint: owner.map { "it belongs after \(Program.name) \($0.name)" })
  }

  private func failure(_ message: String, hint: String? = nil) -> UsageError {
    UsageError(message, hint: hint, verb: command?.isHidden == false ? command?.name : nil)
  }
}
