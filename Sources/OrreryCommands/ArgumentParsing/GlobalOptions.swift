import Terminal

/// The options that every verb understands, before it or after it.
struct GlobalOptions: Equatable, Sendable {
  var isQuiet = false
  var wantsJSON = false
  var wantsPlain = false
  var wantsASCII = false
  var color = ColorChoice.auto
  /// The folder to work in instead of the one where the program was started.
  var directory: String?
  /// The folder in which scenarios are looked up by name, if not the usual one.
  var scenarios: String?

  static let specifications: [OptionSpecification] = [
    .flag(.quiet, letter: "q", help: "Print results only, no progress and no hints."),
    .flag(.json, help: "Print results as JSON, one document or one record per line."),
    .flag(.plain, help: "Print one record per line, separated by tabs."),
    .value(
      .color, "WHEN", .choice(ColorChoice.allCases.map(\.rawValue)),
      help: "Colour the output (default: auto, that is on a terminal)."),
    .flag(.ascii, help: "Draw with ASCII characters only."),
    .value(
      .directory, letter: "C", "DIR", .text, help: "Work as if started in another folder."),
    .value(.scenarios, "DIR", .text, help: "Look scenarios up by name below this folder."),
    .flag(.help, letter: "h", help: "Explain a verb, or orrery as a whole."),
    .flag(.version, help: "Print the version."),
  ]
}
