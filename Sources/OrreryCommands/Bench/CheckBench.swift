import CheckerAudit
import Checking
import Foundation
import Histories
import Reporting
import Terminal

/// How long verdicts take: `orrery bench check [FOLDER]`.
///
/// Generated histories are in memory. With the folder of Porcupine's test data its files are measured
/// too, and reading them counts.
struct CheckBench {
  /// What one benchmark measured.
  struct Result: Encodable {
    let name: String
    /// Processor time of the best sample.
    let seconds: Double
    /// The same work in millions of events of the bare loop.
    let ratio_to_reference: Double
    /// The ratio that must not be reached.
    let bar: Double
    let meets_bar: Bool
  }

  /// Reads and judges; false if the verdict is not the known one.
  private typealias Task = () throws -> Bool

  let context: CommandContext
  /// The folder of Porcupine's test data, if there is one.
  let folder: String?

  func run() throws(CommandFailure) -> ExitCode {
    var results: [Result] = []
    do {
      results = try generated() + (folder.map(recorded) ?? [])
    } catch {
      throw CommandFailure("\(Program.name) bench check: \(error)\n", .internalError)
    }
    if context.options.wantsJSON {
      context.print(StableJSON.line(["benchmarks": results]))
    } else {
      var rows = [["benchmark", "seconds", "of reference", "bar"]]
      for result in results {
        let verdict = result.meets_bar ? "ok: " : "LOST: "
        rows.append([
          result.name, "\(result.seconds)", "\(result.ratio_to_reference)",
          "\(verdict)less than \(result.bar)",
        ])
      }
      for line in TextLayout.columns(rows) { context.print(line) }
      if folder == nil {
        context.hint("\nWith the folder of Porcupine's test data its files are measured too.")
      }
    }
    let isBarLost = context.arguments.has(.check) && !results.allSatisfy(\.meets_bar)
    return isBarLost ? .violation : .clean
  }

  /// The bar is in millions of events of the bare loop.
  private func measure(_ name: String, bar: Double, _ task: Task) throws -> Result {
    let measurement = try PacedMeasurement {
      guard try task() else { throw CommandFailure("\(name): a wrong verdict", .internalError) }
      if !context.options.isQuiet { StandardError.write(".") }
    }
    if !context.options.isQuiet { StandardError.write("\n") }
    let ratio = measurement.millionsOfReferenceEvents
    return Result(
      name: name, seconds: Self.rounded(measurement.seconds),
      ratio_to_reference: Self.rounded(ratio), bar: bar, meets_bar: ratio < bar)
  }

  private static func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
}

/// Histories made for the purpose, all of them valid.
extension CheckBench {
  private func generated() throws -> [Result] {
    let million = 1_000_000
    return [
      try search(operations: 100_000, concurrency: 5, bar: 3.5),
      try search(operations: 10_000, concurrency: 10, bar: 1),
      try search(operations: 1_000, concurrency: 20, bar: 1),
      try monitor(
        "register",
        LargeHistories.register(operations: million, concurrency: 10, seed: 1), bar: 20),
      try monitor(
        "queue", LargeHistories.queue(operations: million, concurrency: 10, seed: 1), bar: 20),
      try monitor(
        "stack", LargeHistories.stack(operations: million, concurrency: 10, seed: 1), bar: 40),
      try monitor(
        "priority-queue",
        LargeHistories.priorityQueue(operations: million, concurrency: 10, seed: 1), bar: 60),
    ]
  }

  /// A register of unique writes by the generic search, without its monitor.
  private func search(operations: Int, concurrency: Int, bar: Double) throws -> Result {
    let history = LargeHistories.register(
      operations: operations, concurrency: concurrency, seed: 1)
    let checker = LinearizabilityChecker(RegisterSpecification())
    let count = TextLayout.grouped(operations)
    return try measure("search, register, \(count) at \(concurrency)", bar: bar) {
      if case .valid = try checker.check(history) { true } else { false }
    }
  }

  /// A model with its monitor.
  private func monitor(_ model: String, _ history: History, bar: Double) throws -> Result {
    guard let model = Models.named(model) else { throw CommandFailure(model, .internalError) }
    return try measure("monitor, \(model.name), 1 000 000", bar: bar) {
      if case .valid = try model.check(history) { true } else { false }
    }
  }
}

/// Files of Porcupine.
extension CheckBench {
  private func recorded(_ folder: String) throws -> [Result] {
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/jepsen").sorted()
    let logs = names.filter { $0.hasSuffix(".log") }.map { "\(folder)/jepsen/\($0)" }
    let register = LinearizabilityChecker(RegisterSpecification())
    let texts = LinearizabilityChecker(TextStoreSpecification())
    let together = LinearizabilityChecker(ProductSpecification(TextStoreSpecification()))
    return [
      try measure("files, \(logs.count) etcd logs", bar: 0.6) {
        for log in logs { _ = try register.check(Self.read(log)) }
        return true
      },
      try measure("file, kv/c50-ok", bar: 0.8) {
        if case .valid = try texts.check(Self.read("\(folder)/kv/c50-ok.txt")) {
          true
        } else {
          false
        }
      },
      try measure("file, kv/c10-ok, all keys together", bar: 3.5) {
        let history = try Self.read("\(folder)/kv/c10-ok.txt")
        return if case .valid = try together.check(history) { true } else { false }
      },
    ]
  }

  private static func read(_ path: String) throws -> History {
    try HistoryReader.read([UInt8](Data(contentsOf: URL(filePath: path))))
  }
}
