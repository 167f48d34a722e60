import Catalog
import Foundation
import Reporting
import Terminal

/// `orrery bench`: how fast, beside a bare loop on the same machine.
struct BenchCommand {
  /// What one benchmark measured.
  struct Result: Encodable {
    let name: String
    let events_per_second: Int
    let ratio_to_reference: Double
    /// How many times as long as the plain twin, for benchmarks that have one.
    let slowdown: Double?
    /// The bar that must not be lost.
    let bar: String
    let meets_bar: Bool
  }

  /// What all benchmarks measured.
  struct Report: Encodable {
    let schema = "orrery/1"
    let build: String
    let reference_events_per_second: Int
    let benchmarks: [Result]
  }

  private static let samples = 3

  let context: CommandContext

  func run() throws(CommandFailure) -> ExitCode {
    guard let what = context.arguments.words.first else { return try measureRuns() }
    guard what == "check" else {
      throw CommandFailure(
        "orrery bench: cannot measure \"\(what)\"\n  try: orrery bench check\n", .usage)
    }
    return try CheckBench(context: context, folder: context.arguments.words.dropFirst().first).run()
  }

  private func measureRuns() throws(CommandFailure) -> ExitCode {
    if !context.options.isQuiet {
      let isDebug = BuildFacts.configuration == "debug"
      StandardError.write(
        isDebug
          ? "orrery bench: this is a debug build, about 20 times slower\n"
          : "orrery bench: some seconds of measurements; let nothing else run\n")
    }
    if context.arguments.flag("scale") { return try ScaleStudy(context).run() }
    let reference = measure(Benchmarks.reference)
    let echo = measure(Benchmarks.eventLoop)
    let raft = measure(Benchmarks.raftSwarm)
    let sectors = measure(Benchmarks.raftSectors)
    let plain = measure(Benchmarks.withoutSnapshots)
    let snapshots = measure(Benchmarks.snapshots)
    let slowdown = plain / snapshots
    let results = [
      Result(
        name: Benchmarks.eventLoop.name, events_per_second: Int(echo),
        ratio_to_reference: rounded(echo / reference), slowdown: nil,
        bar: "8 million events/s and 0.2 of the reference",
        meets_bar: echo >= 8e6 && echo / reference >= 0.2),
      Result(
        name: Benchmarks.raftSwarm.name, events_per_second: Int(raft),
        ratio_to_reference: rounded(raft / reference), slowdown: nil,
        bar: "600 000 events/s", meets_bar: raft >= 6e5),
      Result(
        name: Benchmarks.raftSectors.name, events_per_second: Int(sectors),
        ratio_to_reference: rounded(sectors / reference), slowdown: rounded(raft / sectors),
        bar: "less than 2 times slower than with records", meets_bar: raft / sectors < 2),
      Result(
        name: Benchmarks.snapshots.name, events_per_second: Int(snapshots),
        ratio_to_reference: rounded(snapshots / reference), slowdown: rounded(slowdown),
        bar: "less than 2 times slower than without", meets_bar: slowdown < 2),
    ]
    show(results, reference: reference)
    let isBarLost = context.arguments.flag("check") && !results.allSatisfy(\.meets_bar)
    return isBarLost ? .violation : .clean
  }

  /// Events per second of the best of several samples: noise only ever slows down.
  private func measure(_ workload: Benchmarks.Workload) -> Double {
    (0..<Self.samples).map { _ in
      let began = ContinuousClock.now
      let events = workload.run()
      let elapsed = (ContinuousClock.now - began) / .seconds(1)
      return Double(events) / elapsed
    }.max() ?? 0
  }

  private func rounded(_ value: Double) -> Double { (value * 1_000).rounded() / 1_000 }

  private func show(_ results: [Result], reference: Double) {
    if context.options.wantsJSON {
      context.print(
        StableJSON.line(
          Report(
            build: BuildFacts.configuration, reference_events_per_second: Int(reference),
            benchmarks: results)))
      return
    }
    if context.options.wantsPlain {
      for result in results {
        let cells = [result.name, "\(result.events_per_second)", "\(result.ratio_to_reference)"]
        context.print((cells + ["\(result.meets_bar)"]).joined(separator: "\t"))
      }
      return
    }
    var rows = [["benchmark", "events/s", "of reference", "bar"]]
    rows.append(["reference", TextLayout.grouped(Int(reference)), "1"])
    for result in results {
      let slowdown = result.slowdown.map { " (\($0)x slower)" } ?? ""
      rows.append([
        result.name, TextLayout.grouped(result.events_per_second),
        "\(result.ratio_to_reference)\(slowdown)",
        (result.meets_bar ? "ok: " : "LOST: ") + result.bar,
      ])
    }
    for line in TextLayout.columns(rows) { context.print(line) }
  }
}
