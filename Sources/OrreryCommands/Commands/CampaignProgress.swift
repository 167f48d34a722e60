import Exploration
import Foundation
import Reporting
import Terminal

/// What a campaign shows while it runs: a status line on a terminal, plain lines elsewhere.
struct CampaignProgress {
  /// How often a line is printed where nothing can be repainted.
  private static let plainInterval: TimeInterval = 10

  private let context: CommandContext
  private let began: Date
  private let deadline: Date?
  private let runs: UInt64?
  private var line: ProgressLine
  private var lastPlainLine: Date

  init(_ context: CommandContext, began: Date, deadline: Date?, runs: UInt64?) {
    self.context = context
    self.began = began
    self.deadline = deadline
    self.runs = runs
    line = ProgressLine(on: context.diagnostics)
    lastPlainLine = began
  }

  mutating func show(_ result: CampaignResult) {
    guard !context.options.isQuiet else { return }
    let now = Date()
    if context.diagnostics.canRepaint {
      let milliseconds = UInt64(now.timeIntervalSince(began) * 1_000)
      let status = status(result, now)
      write(line.update(status, at: milliseconds))
    } else if now.timeIntervalSince(lastPlainLine) >= Self.plainInterval {
      lastPlainLine = now
      write(status(result, now) + "\n")
    }
  }

  /// Tells of a finding as soon as it is made.
  mutating func announce(_ group: CampaignResult.Group, replay: String) {
    if context.options.wantsJSON {
      context.print(StableJSON.line(CampaignReport.FindingRecord(group, replay: replay)))
    }
    guard !context.options.isQuiet else { return }
    let example = group.example
    write(line.clear())
    let run = RunReference(scenario: group.scenario, seed: group.example.seed)
    write("\(clock(Date())) NEW  \(example.signature) \(example.property)  \(run)\n")
  }

  mutating func clear() {
    write(line.clear())
  }

  private func status(_ result: CampaignResult, _ now: Date) -> String {
    let seconds = max(0.001, now.timeIntervalSince(began))
    let rate = Int(Double(result.runs) / seconds)
    let target = runs.map { " of \(TextLayout.grouped($0))" } ?? ""
    let rest = deadline.map { "  \(Int(max(0, $0.timeIntervalSince(now)))) s left" } ?? ""
    return "\(clock(now))  \(TextLayout.grouped(result.runs))\(target) runs (\(rate)/s)  "
      + "events \(TextLayout.grouped(result.events))  findings \(result.groups.count)\(rest)"
  }

  private func clock(_ now: Date) -> String {
    let seconds = Int(now.timeIntervalSince(began))
    return [seconds / 3_600, seconds / 60 % 60, seconds % 60]
      .map { ($0 < 10 ? "0" : "") + String($0) }.joined(separator: ":")
  }

  private func write(_ text: String) {
    if !text.isEmpty { StandardError.write(text) }
  }
}
