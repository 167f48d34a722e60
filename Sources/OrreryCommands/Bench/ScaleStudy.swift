import Foundation
import Reporting
import Terminal

/// `orrery bench --scale`: whether an event costs the same in small and large worlds.
struct ScaleStudy {
  private static let document = "docs/performance.md"
  private static let picture = "docs/performance.svg"
  private static let beginMark = "<!-- scale: begin, written by orrery bench --scale -->"
  private static let endMark = "<!-- scale: end -->"

  private struct Row {
    let label: String
    let nanosecondsPerEvent: Double
  }

  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  func run() throws(CommandFailure) -> ExitCode {
    let byNodes = [3, 5, 9, 17, 31, 51].map { nodes in
      Row(
        label: "\(nodes)",
        nanosecondsPerEvent: measure(nodes: nodes, events: 1_000_000, samples: 3))
    }
    let byEvents = [3, 4, 5, 6, 7].map { power in
      Row(
        label: "10^\(power)",
        nanosecondsPerEvent: measure(
          nodes: 5, events: UInt64(pow(10, Double(power))), samples: power < 6 ? 20 : 2))
    }
    let table = table(byNodes, byEvents)
    for line in table { context.print(line) }
    try write(table, byNodes, byEvents)
    return .clean
  }

  private func measure(nodes: Int, events: UInt64, samples: Int) -> Double {
    (0..<samples).map { _ in
      let began = ContinuousClock.now
      let count = EventLoopBenchmarks.run(nodes: nodes, partners: 2, events: events)
      return (ContinuousClock.now - began) / .nanoseconds(1) / Double(count)
    }.min() ?? 0
  }

  private func table(_ byNodes: [Row], _ byEvents: [Row]) -> [String] {
    let head = ["| echo | ns per event |", "|---|--:|"]
    let rows =
      byNodes.map { ("\($0.label) nodes, 10^6 events", $0) }
      + byEvents.map { ("5 nodes, \($0.label) events", $0) }
    return head
      + rows.map { label, row in
        let tenths = Int((row.nanosecondsPerEvent * 10).rounded())
        return "| \(label) | \(tenths / 10).\(tenths % 10) |"
      }
  }

  private func write(
    _ table: [String], _ byNodes: [Row], _ byEvents: [Row]
  ) throws(CommandFailure) {
    let chart = LineChart(
      title: "Cost of one event", unit: "ns",
      series: [
        .init(name: "by number of nodes", points: points(byNodes)),
        .init(name: "by number of events", points: points(byEvents)),
      ])
    let text = String(decoding: try ScenarioFile.read(Self.document), as: UTF8.self)
    guard let begin = text.range(of: Self.beginMark), let end = text.range(of: Self.endMark) else {
      throw CommandFailure(
        "\(Program.name): \(Self.document) has no place for the table\n", .outputFailure)
    }
    let section = "\n\n" + table.joined(separator: "\n") + "\n\n"
    let updated = text.replacingCharacters(in: begin.upperBound..<end.lowerBound, with: section)
    do {
      try Data(updated.utf8).write(to: URL(fileURLWithPath: Self.document), options: .atomic)
      try Data(chart.svg.utf8).write(to: URL(fileURLWithPath: Self.picture), options: .atomic)
    } catch {
      throw CommandFailure(
        "\(Program.name): cannot write \(Self.document): \(error)\n", .outputFailure)
    }
    context.hint("\nwrote \(Self.document) and \(Self.picture)")
  }

  private func points(_ rows: [Row]) -> [(label: String, height: Double)] {
    rows.map { ($0.label, $0.nanosecondsPerEvent) }
  }
}
