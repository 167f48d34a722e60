import Text
import Checking
import Histories
import Scenarios

/// What a history is held against: a property, and a model of the object if the property needs one.
struct Criterion {
  /// The property's name.
  let checker: String
  /// The model's name.
  let model: String?
  /// Judges a history within limits.
  let examine: (History, SearchLimits) throws(SpecificationError) -> Assessment

  /// Finds the criterion that the command line names, or that the history's functions suggest.
  init(for file: HistoryFile, _ arguments: ParsedArguments) throws(CommandFailure) {
    let name = arguments[.checker] ?? ModelProperty.linearizable.rawValue
    if let property = ModelProperty(rawValue: name) {
      let model = try Self.model(arguments[.model], for: file)
      if property == .linearizable, !file.hasRealTimeOrder {
        throw CommandFailure(
          "\(Program.name) check: a \(file.format.rawValue) history has no order of real time, which "
            + "linearizability is about\n  choose another property with --checker\n", .usage)
      }
      self.model = model.name
      examine = { (history, limits) throws(SpecificationError) in
        try property.check(history, model: model, limits: limits)
      }
    } else {
      guard arguments[.model] == nil else {
        throw CommandFailure(
          "\(Program.name) check: --checker \(name) takes no model\n  leave --model out\n", .usage)
      }
      let checker = try Self.checker(name)
      model = nil
      examine = { (history, limits) throws(SpecificationError) in
        try checker.check(history, limits: limits)
      }
    }
    checker = name
  }

  private static func checker(_ name: String) throws(CommandFailure) -> Checker {
    if let checker = Checkers.named(name) { return checker }
    let known =
      ModelProperty.allCases.map { ($0.rawValue, []) } + Checkers.all.map { ($0.name, $0.options) }
    throw unknown("checker", name, among: known)
  }

  private static func model(_ name: String?, for file: HistoryFile) throws(CommandFailure) -> Model
  {
    if let name {
      if let model = Models.named(name) { return model }
      throw unknown("model", name, among: Models.all.map { ($0.name, $0.options) })
    }
    let suggestion = file.suggestedModel ?? Models.suggested(for: file.history)
    if let name = suggestion, let model = Models.named(name) { return model }
    throw CommandFailure(
      "\(Program.name) check: the history's functions fit no model, or several\n"
        + "  choose one with --model, or a property with --checker; \(Program.name) list models shows all\n",
      .usage)
  }

  /// The complaint about a name that is unknown, or whose options are.
  private static func unknown(
    _ kind: String, _ name: String, among known: [(name: String, options: [CheckerOption])]
  ) -> CommandFailure {
    let bare = name.split(separator: "?", maxSplits: 1).first.map(String.init) ?? name
    if bare != name, let match = known.first(where: { $0.name == bare }) {
      let options = match.options.map(\.usage).joined(separator: ", ")
      return CommandFailure(
        "\(Program.name) check: the \(kind) \(bare) does not understand \"\(name)\"\n  "
          + (options.isEmpty ? "it has no options" : "its options: \(options)") + "\n", .usage)
    }
    let hint = Suggestion.hint(for: name, among: known.map(\.name))
    return CommandFailure(
      "\(Program.name) check: unknown \(kind) \"\(name)\"\n  "
        + (hint ?? "\(Program.name) list \(kind)s shows all") + "\n", .usage)
  }
}
