import Determinism
import Checking
import Foundation
import Histories
import Reporting
import Scenarios
import Terminal

/// `orrery check`: a history that was recorded elsewhere, judged.
struct CheckCommand {
  let context: CommandContext

  func run() throws(CommandFailure) -> ExitCode {
    let path = context.arguments.words[0]
    let history = try read(path)
    let (model, isInferred) = try chooseModel(for: history)
    let report = CheckReport(try judge(history, model, path), on: history, model: model.name)
    if context.options.wantsJSON {
      context.print(StableJSON.line(report))
    } else if context.options.wantsPlain {
      context.print([path, report.model, report.verdict].joined(separator: "\t"))
    } else {
      show(report, path, isInferred: isInferred)
    }
    return switch report.verdict {
    case "valid": .clean
    case "invalid": .violation
    default: .inconclusive
    }
  }

  private func read(_ path: String) throws(CommandFailure) -> History {
    let bytes =
      path == "-"
      ? [UInt8](FileHandle.standardInput.readDataToEndOfFile()) : try ScenarioFile.read(path)
    let name = context.arguments.string("format") ?? "auto"
    do throws(HistoryError) {
      return try HistoryReader.read(bytes, format: HistoryFormat(rawValue: name))
    } catch {
      throw CommandFailure(
        badInput: "\(path):\(error.line):\(error.column): error: \(error.message)\n  \(error.fix)\n"
      )
    }
  }

  private func chooseModel(
    for history: History
  ) throws(CommandFailure) -> (model: Model, isInferred: Bool) {
    let names = Models.all.map(\.name)
    if let name = context.arguments.string("model") {
      if let model = Models.named(name) { return (model, false) }
      let hint =
        Suggestion.hint(for: name, among: names) ?? "one of \(names.joined(separator: ", "))"
      throw CommandFailure("orrery check: unknown model \"\(name)\"\n  \(hint)\n", .usage)
    }
    guard let name = Models.suggested(for: history), let model = Models.named(name) else {
      throw CommandFailure(
        "orrery check: the history's functions fit no model\n"
          + "  choose one with --model: \(names.joined(separator: ", "))\n", .usage)
    }
    return (model, true)
  }

  /// Judges within ever larger limits while there is time; the checker itself reads no clock.
  private func judge(
    _ history: History, _ model: Model, _ path: String
  ) throws(CommandFailure) -> Verdict {
    do throws(SpecificationError) {
      guard let timeout = context.arguments.duration("timeout") else {
        return try model.check(history, .standard)
      }
      let began = Date()
      var limits = SearchLimits(configurations: 10_000)
      while true {
        let verdict = try model.check(history, limits)
        let elapsed = Date().timeIntervalSince(began)
        let rest = TimeInterval(timeout.count) / 1e9 - elapsed
        guard case .unknown = verdict, rest > 0 else { return verdict }
        let affordable = Int(Double(limits.configurations) * rest / max(elapsed, 1e-6))
        guard affordable > limits.configurations / 4 else { return verdict }
        limits.configurations = min(limits.configurations * 4, affordable)
      }
    } catch {
      throw CommandFailure(badInput: "\(path): error: \(error)\n")
    }
  }

  private func show(_ report: CheckReport, _ path: String, isInferred: Bool) {
    let counts = report.operations
    context.print(
      "\(path): \(TextLayout.counted(counts.total, "operation")) "
        + "(\(TextLayout.grouped(counts.ok)) ok, \(TextLayout.grouped(counts.fail)) fail, "
        + "\(TextLayout.grouped(counts.info)) info), "
        + "model \(report.model)\(isInferred ? " (from its functions)" : "")")
    if let explanation = report.explanation {
      context.print(context.palette.apply(.failure, to: "invalid") + "  not linearizable")
      context.print(
        "  first impossible: \(explanation.operation.text), "
          + "events \(explanation.operation.invoked_at) to \(explanation.operation.completed_at ?? -1)"
      )
      let states = explanation.possible_states.prefix(6).joined(separator: " or ")
      let more = explanation.possible_state_count > 6 ? " ..." : ""
      context.print(
        "  longest valid prefix: "
          + "\(TextLayout.counted(explanation.completed_before, "operation")) completed, "
          + "then the state can only be \(states)\(more)")
    } else if let advice = report.advice {
      context.print(context.palette.apply(.caution, to: "unknown") + "  undecided")
      for line in TextLayout.wrap(advice, width: 76) { context.print("  " + line) }
    } else {
      context.print(context.palette.apply(.ok, to: "valid") + "  linearizable")
    }
  }
}
