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
    let echo = measure(Benchmarks.eventLoop)
    let raft = measure(Benchmarks.raftSwarm)
    let sectors = measure(Benchmarks.raftSectors)
    let plain = measure(Benchmarks.withoutSnapshots)
    let snapshots = measure(Benchmarks.snapshots)
    let results = [
      result(Benchmarks.eventLoop, echo, atLeast: 0.25),
      result(Benchmarks.raftSwarm, raft, atLeast: 0.025),
      result(Benchmarks.raftSectors, sectors, beside: raft, "with records"),
      result(Benchmarks.snapshots, snapshots, beside: plain, "without"),
    ]
    let reference = [echo, raft, sectors, plain, snapshots].map(\.pace).max() ?? 0
    show(results, reference: reference)
    let isBarLost = context.arguments.flag("check") && !results.allSatisfy(\.meets_bar)
    return isBarLost ? .violation : .clean
  }

  /// What a workload achieved, and the bare loop beside it.
  private struct Speed {
    let eventsPerSecond: Double
    let pace: Double
    var ratio: Double { eventsPerSecond / pace }
  }

  private func measure(_ workload: Benchmarks.Workload) -> Speed {
    var events: UInt64 = 0
    let measurement = PacedMeasurement { events = workload.run() }
    return Speed(eventsPerSecond: Double(events) / measurement.seconds, pace: measurement.pace)
  }

  private func result(
    _ workload: Benchmarks.Workload, _ speed: Speed, atLeast bar: Double
  ) -> Result {
    Result(
      name: workload.name, events_per_second: Int(speed.eventsPerSecond),
      ratio_to_reference: rounded(speed.ratio), slowdown: nil, bar: "\(bar) of the reference",
      meets_bar: speed.ratio >= bar)
  }

  /// Held against its plain twin; each is paced by the bare loop of its own moments.
  private func result(
    _ workload: Benchmarks.Workload, _ speed: Speed, beside twin: Speed, _ what: String
  ) -> Result {
    let slowdown = twin.ratio / speed.ratio
    return Result(
      name: workload.name, events_per_second: Int(speed.eventsPerSecond),
      ratio_to_reference: rounded(speed.ratio), slowdown: rounded(slowdown),
      bar: "less than 2 times slower than \(what)", meets_bar: slowdown < 2)
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
