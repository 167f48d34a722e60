import Determinism
import Checking
import Foundation
import Histories
import Reporting

/// `orrery check`: a history that was recorded elsewhere, judged.
struct CheckCommand {
  let context: CommandContext

  func run() throws(CommandFailure) -> ExitCode {
    let path = context.arguments.words[0]
    let file = try read(path)
    if let format = context.arguments[.export].flatMap(HistoryWriter.Format.init) {
      let keys: HistoryWriter.Keys = isSplit ? .independent : .field
      StandardOutput.write(
        HistoryWriter.write(file.history, format: format, keys: keys, model: file.suggestedModel))
      return .clean
    }
    let criterion = try Criterion(for: file, context.arguments)
    let report = CheckReport(
      try examine(file.history, criterion, path), on: file.history, checker: criterion.checker,
      model: criterion.model)
    if context.options.wantsJSON {
      context.print(StableJSON.line(report))
    } else if context.options.wantsPlain {
      let name = report.model ?? report.checker
      context.print([path, name, report.verdict].joined(separator: "\t"))
    } else {
      CheckText(context: context, report: report, title: "\(path) (\(file.format.rawValue))")
        .show(explained: context.arguments.has(.explain))
    }
    return switch report.verdict {
    case "valid": .clean
    case "invalid": .violation
    default: .inconclusive
    }
  }

  /// Whether values are pairs of a key and a value.
  private var isSplit: Bool { context.arguments[.key] == "independent" }

  private func read(_ path: String) throws(CommandFailure) -> HistoryFile {
    let bytes =
      path == "-"
      ? [UInt8](FileHandle.standardInput.readDataToEndOfFile()) : try ScenarioFile.read(path)
    let format = context.arguments[.format].flatMap(HistoryFormat.init)
    do throws(HistoryError) {
      return try HistoryReader.readFile(
        bytes, format: format,
        options: HistoryReadingOptions(keys: isSplit ? .independent : .whole))
    } catch {
      let place = "\(path):\(error.line):\(error.column)"
      throw CommandFailure(badInput: "\(place): error: \(error.message)\n  \(error.fix)\n")
    }
  }

  /// Judges within ever larger limits while there is time; the checker itself reads no clock.
  private func examine(
    _ history: History, _ criterion: Criterion, _ path: String
  ) throws(CommandFailure) -> Assessment {
    var limits = SearchLimits.standard
    if let bytes = context.arguments[.memory] {
      limits = SearchLimits(configurations: .max, bytes: bytes)
    }
    do throws(SpecificationError) {
      guard let timeout = context.arguments[.timeout] else {
        return try criterion.examine(history, limits)
      }
      let began = Date()
      limits.configurations = 10_000
      while true {
        let assessment = try criterion.examine(history, limits)
        let elapsed = Date().timeIntervalSince(began)
        let rest = TimeInterval(timeout.count) / 1e9 - elapsed
        guard case .unknown = assessment.outcome, rest > 0 else { return assessment }
        let affordable = Int(Double(limits.configurations) * rest / max(elapsed, 1e-6))
        guard affordable > limits.configurations / 4 else { return assessment }
        limits.configurations = min(limits.configurations * 4, affordable)
      }
    } catch {
      throw CommandFailure(badInput: "\(path): error: \(error)\n")
    }
  }
}
