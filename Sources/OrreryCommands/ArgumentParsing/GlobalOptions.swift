import Terminal

/// The options that every verb understands, before it or after it.
struct GlobalOptions: Equatable, Sendable {
  var isQuiet = false
  var wantsJSON = false
  var wantsPlain = false
  var wantsASCII = false
  var color = ColorChoice.auto

  static let specifications: [OptionSpecification] = [
    .flag("quiet", letter: "q", help: "Print results only, no progress and no hints."),
    .flag("json", help: "Print results as JSON, one document or one record per line."),
    .flag("plain", help: "Print one record per line, separated by tabs."),
    .value(
      "color", "WHEN", .choice(ColorChoice.allCases.map(\.rawValue)),
      help: "Colour the output (default: auto, that is on a terminal)."),
    .flag("ascii", help: "Draw with ASCII characters only."),
    .flag("help", letter: "h", help: "Explain a verb, or orrery as a whole."),
    .flag("version", help: "Print the version."),
  ]
}
