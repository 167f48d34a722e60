import Terminal

/// Writes the help pages from the table of verbs, in 80 columns.
struct HelpText {
  let table: CommandTable
  private let width = 80

  init(_ table: CommandTable = .orrery) {
    self.table = table
  }

  /// The page about orrery as a whole.
  func overview() -> String {
    let verbs = table.visibleCommands.map { ($0.name, $0.summary) }
    let codes = ExitCode.allCases.map {
      (TextLayout.paddedLeft(String($0.rawValue), to: 3), $0.meaning)
    }
    return page(
      [
        "orrery: a deterministic simulator and test lab for distributed systems", "",
        "USAGE", "  \(Program.name) VERB [ARGUMENTS] [OPTIONS]", "",
        "VERBS",
      ] + entries(verbs) + ["", "GLOBAL OPTIONS"] + entries(rows(GlobalOptions.specifications))
        + ["", "EXIT CODES"] + entries(codes)
        + ["", "STREAMS"]
        + paragraph("Results go to stdout; progress, hints and errors go to stderr.")
        + ["", "ENVIRONMENT"]
        + paragraph(
          """
          NO_COLOR and TERM=dumb turn colour off, FORCE_COLOR turns it on; COLUMNS sets the width. \
          No variable changes what a seed means.
          """)
        + ["", "EXAMPLES"] + examples([.run, .fuzz])
        + ["", "\(Program.name) help VERB explains one verb."])
  }

  /// The page about one verb.
  func page(about command: CommandSpecification) -> String {
    let usage = TextLayout.wrap(words: command.usage, width: width - 9)
    var lines = ["\(Program.name) \(command.name): \(command.summary)", "", "USAGE"]
    lines += usage.enumerated().map { ($0 == 0 ? "  \(Program.name) " : "         ") + $1 }
    if !command.positionals.isEmpty {
      lines += ["", "ARGUMENTS"] + entries(command.positionals.map { ($0.placeholder, $0.help) })
    }
    if !command.options.isEmpty { lines += ["", "OPTIONS"] + entries(rows(command.options)) }
    lines += ["", "GLOBAL OPTIONS"] + entries(rows(GlobalOptions.specifications))
    return page(lines + ["", "EXAMPLE"] + examples([command]))
  }

  private func rows(_ options: [OptionSpecification]) -> [(String, String)] {
    let hasLetters = options.contains { $0.letter != nil }
    return options.map { option in
      let indent = hasLetters ? "    " : ""
      return ((option.letter.map { "-\($0), " } ?? indent) + option.usage, option.help)
    }
  }

  /// Names in a left column with their explanations, wrapped, in a right one.
  private func entries(_ rows: [(name: String, text: String)]) -> [String] {
    let nameWidth = 2 + (rows.map(\.name.count).max() ?? 0) + 2
    return rows.flatMap { row in
      TextLayout.wrap(row.text, width: width - nameWidth).enumerated().map { index, line in
        TextLayout.padded(index == 0 ? "  \(row.name)" : "", to: nameWidth) + line
      }
    }
  }

  private func paragraph(_ text: String) -> [String] {
    TextLayout.wrap(text, width: width - 2).map { "  \($0)" }
  }

  private func examples(_ commands: [CommandSpecification]) -> [String] {
    commands.map { "  \($0.example)" }
  }

  private func page(_ lines: [String]) -> String {
    lines.joined(separator: "\n") + "\n"
  }
}
