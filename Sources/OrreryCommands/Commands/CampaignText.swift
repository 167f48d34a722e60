import Determinism
import Exploration
import Foundation
import Reporting
import Terminal

/// The result of a campaign.
struct CampaignText {
  private let result: CampaignResult
  private let context: CommandContext
  private let began: Date
  private let jobs: Int
  private let replay: (CampaignResult.Group) -> String

  init(
    _ result: CampaignResult, _ context: CommandContext, began: Date, jobs: Int,
    replay: @escaping (CampaignResult.Group) -> String
  ) {
    self.result = result
    self.context = context
    self.began = began
    self.jobs = jobs
    self.replay = replay
  }

  func write() {
    if context.options.wantsJSON {
      context.print(StableJSON.line(CampaignReport.Summary(result, replay: replay)))
    } else if context.options.wantsPlain {
      writePlain()
    } else {
      writeText()
    }
  }

  private func writePlain() {
    for group in result.groups {
      let example = group.example
      let cells = [
        example.signature, example.property, group.scenario, SeedText.format(example.seed),
        "\(group.count)",
      ]
      context.print(cells.joined(separator: "\t"))
    }
  }

  private func writeText() {
    let found = result.groups.count
    let head = found == 0 ? "no failures" : TextLayout.counted(found, noun: "distinct failure")
    context.print(
      context.palette.apply(found == 0 ? .ok : .failure, to: head)
        + " in \(TextLayout.counted(result.runs, noun: "run")) (\(simulatedTime) simulated, "
        + "\(TextLayout.counted(result.events, noun: "event")), \(elapsed), "
        + "\(TextLayout.counted(jobs, noun: "job")))")
    if result.stoppedEarly.runs > 0 {
      let saved = result.stoppedEarly.saved.count
      let share = saved * 100 / max(1, saved + result.virtualTime.count)
      context.print(
        "stopped early: \(TextLayout.counted(result.stoppedEarly.runs, noun: "run")), which saved "
          + "\(share) % of the simulated time")
    }
    for group in result.groups { write(group) }
    writeEvidence()
  }

  private func write(_ group: CampaignResult.Group) {
    let example = group.example
    context.print()
    context.print(
      "\(context.palette.apply(.failure, to: example.signature))  \(example.property)  "
        + "seen \(TextLayout.grouped(group.count))x  \(group.scenario)")
    for part in TextLayout.wrap(example.kind, width: width - 12) {
      context.print("            " + part)
    }
    for part in TextLayout.wrap(example.detail, width: width - 12) {
      context.print("            " + context.palette.apply(.dim, to: part))
    }
    let breach = example.breach.map { "outside the contract: \($0)" } ?? ""
    for part in TextLayout.wrap(breach, width: width - 12) { context.print("            " + part) }
    context.print("            \(replay(group))")
  }

  private func writeEvidence() {
    let hits = result.faults.filter { $0.count > 0 }.map {
      "\($0.name) \(TextLayout.grouped($0.count))"
    }
    context.print()
    labelled(
      "faults",
      TextLayout.wrap(items: hits.isEmpty ? ["none hit anything"] : hits, width: width - 12))
    if !result.goals.isEmpty {
      let reached = result.goals.filter { $0.runs > 0 }
      labelled(
        "sometimes",
        "\(reached.count) of \(result.goals.count) reached"
          + (result.missedGoals.isEmpty
            ? "" : "; NOT REACHED: \(result.missedGoals.joined(separator: ", "))"))
    }
    if !result.idleFaults.isEmpty {
      let names = result.idleFaults.joined(separator: ", ")
      labelled("idle", "CONFIGURED BUT NEVER HIT: \(names)")
    }
    if result.unknown.count > 0 {
      let unknown = result.unknown
      let runs = TextLayout.counted(unknown.count, noun: "run")
      labelled("unknown", "\(runs) could not be judged: \(unknown.reason)")
    }
  }

  private func labelled(_ label: String, _ text: String) {
    labelled(label, TextLayout.wrap(text, width: width - 12))
  }

  private func labelled(_ label: String, _ lines: [String]) {
    for (number, part) in lines.enumerated() {
      context.print((number == 0 ? TextLayout.padded(label, to: 12) : "            ") + part)
    }
  }

  /// Suggests a command to go on with.
  func writeNextStep() {
    guard let first = result.groups.first else { return }
    context.hint("\nTo see the events that led there:\n  \(replay(first)) --log | less")
  }

  private var width: Int { min(context.output.width, 100) }

  private var simulatedTime: String {
    let seconds = Double(result.virtualTime.count) / 1e9
    if seconds < 120 { return "\(Int(seconds)) s" }
    return seconds < 7_200 ? "\(Int(seconds / 60)) min" : "\(Int(seconds / 3_600)) h"
  }

  private var elapsed: String {
    let tenths = Int(Date().timeIntervalSince(began) * 10)
    return "\(tenths / 10).\(tenths % 10) s"
  }
}
