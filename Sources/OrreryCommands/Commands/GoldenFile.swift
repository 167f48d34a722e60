import Determinism
import Foundation
import Traces

/// The file that keeps the golden run of a scenario and seed.
struct GoldenFile {
  /// The folder of golden runs.
  static let folder = "traces"

  let scenario: String
  let seed: UInt64

  var path: String { "\(Self.folder)/\(GoldenTrace.fileName(scenario: scenario, seed: seed))" }

  /// What was recorded, or nil if nothing was.
  func read() throws(CommandFailure) -> GoldenTrace? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    let trace: GoldenTrace
    do throws(TraceError) {
      trace = try GoldenTrace(String(decoding: data, as: UTF8.self), file: path)
    } catch {
      throw CommandFailure(badInput: error.render())
    }
    guard trace.scenario == scenario, trace.seed == seed else {
      let found = RunReference(scenario: trace.scenario, seed: trace.seed)
      throw CommandFailure(
        badInput: "\(path):2:1: error: this is a run of \(found), not what its name says\n"
          + "  rename it, or delete it and record the run again\n")
    }
    return trace
  }

  /// Records a run in place of what was recorded before.
  func write(_ digests: ChunkedLog<UInt64>) throws(CommandFailure) {
    let trace = GoldenTrace(scenario: scenario, seed: seed, digests: digests)
    do {
      try FileManager.default.createDirectory(
        atPath: Self.folder, withIntermediateDirectories: true)
      try Data(trace.text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw CommandFailure(
        "\(Program.name): cannot write \(path): \(error.localizedDescription)\n", .outputFailure)
    }
  }
}
