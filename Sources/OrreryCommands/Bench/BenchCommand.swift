import Foundation
import Reporting
import SystemKit
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
        "\(Program.name) bench: cannot measure \"\(what)\"\n  try: \(Program.name) bench check\n",
        .usage)
    }
    return try CheckBench(context: context, folder: context.arguments.words.dropFirst().first).run()
  }

  private func measureRuns() throws(CommandFailure) -> ExitCode {
    if !context.options.isQuiet {
      let isDebug = BuildFacts.configuration == "debug"
      StandardError.write(
        isDebug
          ? "\(Program.name) bench: this is a debug build, about 20 times slower\n"
          : "\(Program.name) bench: some seconds of measurements; let nothing else run\n")
    }
    if context.arguments.has(.scale) { return try ScaleStudy(context).run() }
    var results: [Result] = []
    var speeds: [(name: String, speed: Speed)] = []
    for benchmark in [EventLoopBenchmarks.echo] + context.product.benchmarks {
      let speed = measure(benchmark)
      speeds.append((benchmark.name, speed))
      if let result = result(benchmark, speed, besides: speeds) { results.append(result) }
    }
    show(results, reference: speeds.map(\.speed.pace).max() ?? 0)
    let isBarLost = context.arguments.has(.check) && !results.allSatisfy(\.meets_bar)
    return isBarLost ? .violation : .clean
  }

  /// What a workload achieved, and the bare loop beside it.
  private struct Speed {
    let eventsPerSecond: Double
    let pace: Double
    var ratio: Double { eventsPerSecond / pace }
  }

  private func measure(_ benchmark: Benchmark) -> Speed {
    var events: UInt64 = 0
    let measurement = PacedMeasurement { events = benchmark.run() }
    return Speed(eventsPerSecond: Double(events) / measurement.seconds, pace: measurement.pace)
  }

  /// Holds a benchmark against its bar; nil if it has none.
  ///
  /// Where one is held against another, each is paced by the bare loop of its own moments.
  private func result(
    _ benchmark: Benchmark, _ speed: Speed, besides others: [(name: String, speed: Speed)]
  ) -> Result? {
    let slowdown: Double?
    let (bar, isMet): (String, Bool)
    switch benchmark.bar {
    case .none: return nil
    case .ofReference(let least):
      slowdown = nil
      (bar, isMet) = ("\(least) of the reference", speed.ratio >= least)
    case .besides(let name, let most, let what):
      guard let other = others.first(where: { $0.name == name })?.speed else {
        preconditionFailure("\(benchmark.name) is held against \(name), which was not run before")
      }
      let times = other.ratio / speed.ratio
      slowdown = rounded(times)
      (bar, isMet) = ("less than \(Int(most)) times slower than \(what)", times < most)
    }
    return Result(
      name: benchmark.name, events_per_second: Int(speed.eventsPerSecond),
      ratio_to_reference: rounded(speed.ratio), slowdown: slowdown, bar: bar, meets_bar: isMet)
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
