import Terminal

/// What every command gets: its arguments, the global options and what the streams can show.
struct CommandContext {
  let arguments: ParsedArguments
  let options: GlobalOptions
  let product: Product
  let output: TerminalCapabilities
  let diagnostics: TerminalCapabilities

  init(_ arguments: ParsedArguments, _ options: GlobalOptions, _ product: Product) {
    self.arguments = arguments
    self.options = options
    self.product = product
    output = .probe(descriptor: 1, color: options.color, forcesASCII: options.wantsASCII)
    diagnostics = .probe(descriptor: 2, color: options.color, forcesASCII: options.wantsASCII)
  }

  /// Dresses results.
  var palette: Palette { Palette(output.colors) }

  /// Whether every event is to be printed, which would spoil records for machines.
  func wantsLog() throws(CommandFailure) -> Bool {
    guard arguments.has(.log) else { return false }
    guard !options.wantsJSON, !options.wantsPlain else {
      throw CommandFailure(
        "\(Program.name): --log is for people, so it excludes --json and --plain\n", .usage)
    }
    return true
  }

  /// Writes a line of results.
  func print(_ line: String = "") {
    StandardOutput.write(line + "\n")
  }

  /// Writes a hint for a person, unless nobody wants one.
  func hint(_ line: String) {
    if !options.isQuiet && !options.wantsJSON && !options.wantsPlain { print(line) }
  }
}

/// Why a command could not do its work, with the code to end with.
struct CommandFailure: Error {
  let text: String
  let code: ExitCode

  /// A mistake in an input file; the text ends in a line break.
  init(badInput text: String) {
    self.text = text
    code = .badInput
  }

  init(_ text: String, _ code: ExitCode) {
    self.text = text
    self.code = code
  }
}
