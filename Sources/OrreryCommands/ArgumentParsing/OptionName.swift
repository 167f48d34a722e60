import Determinism

/// The name of an option together with the type of its value: what is asked for is what was declared.
struct OptionName<Value>: Sendable {
  /// The long name without its dashes.
  let text: String
  /// Takes the value out of what was parsed; nil if that is of another kind.
  let read: @Sendable (ParsedValue) -> Value?
}

extension OptionName<Int> {
  static let runs = OptionName("runs")
  static let jobs = OptionName("jobs")
  static let verifyEvery = OptionName("verify-every")
  static let maxFailures = OptionName("max-failures")
  static let width = OptionName("width")
  static let ballast = OptionName("ballast")
  static let memory = OptionName("memory")

  private init(_ text: String) {
    self.init(text: text) { if case .integer(let number) = $0 { number } else { nil } }
  }
}

extension OptionName<UInt64> {
  static let seed = OptionName("seed")
  static let expectDigest = OptionName("expect-digest")

  private init(_ text: String) {
    self.init(text: text) { if case .unsigned(let number) = $0 { number } else { nil } }
  }
}

extension OptionName<ClosedRange<UInt64>> {
  static let seeds = OptionName(text: "seeds") {
    if case .seedRange(let range) = $0 { range } else { nil }
  }
}

extension OptionName<Nanoseconds> {
  static let budget = OptionName("for")
  static let timeout = OptionName("timeout")
  static let runTimeout = OptionName("run-timeout")

  private init(_ text: String) {
    self.init(text: text) { if case .duration(let span) = $0 { span } else { nil } }
  }
}

extension OptionName<String> {
  static let axis = OptionName("axis")
  static let results = OptionName("results")
  static let model = OptionName("model")
  static let checker = OptionName("checker")
  static let format = OptionName("format")
  static let key = OptionName("key")
  static let export = OptionName("export")
  static let with = OptionName("with")
  static let orrery = OptionName("orrery")
  static let color = OptionName("color")
  static let directory = OptionName("directory")
  static let scenarios = OptionName("scenarios")

  private init(_ text: String) {
    self.init(text: text) { if case .text(let text) = $0 { text } else { nil } }
  }
}

/// An option that is either given or not, by its long name.
enum FlagName: String, Sendable {
  case log, record, canary, check, explain, scale
  case earlyStop = "early-stop"
  case inProcess = "in-process"
  case noStory = "no-story"
  case noDiagram = "no-diagram"
  case quiet, json, plain, ascii, help, version
}
