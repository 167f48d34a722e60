import Text
import Exploration
import Foundation
import Reporting
import Scenarios
import Terminal

/// `orrery budget`: how much of one kind of trouble a system survives, and what breaks it.
///
/// An axis of the scenario is turned up until some seed breaks a property; every value is tried with
/// the same seeds.
struct BudgetCommand {
  /// What came of one value.
  struct Probe: Encodable {
    let value: String
    let runs: Int
    /// The property that some run broke.
    var broken: String?
    var replay: String?
  }

  /// The whole search as machines read it.
  struct Report: Encodable {
    let schema = "orrery/1"
    let scenario: String
    let axis: String
    let means: String
    var holds_up_to: String?
    var breaks_at: String?
    var probes: [Probe] = []
  }

  let context: CommandContext

  func run() throws(CommandFailure) -> ExitCode {
    Interrupt.install()
    let reference = context.arguments.words[0]
    let axis = try chooseAxis(of: context.product.scenario(reference))
    var report = Report(scenario: reference, axis: axis.name, means: axis.means)
    var search = BudgetSearch(step: axis.step, bound: axis.bound)
    while let value = search.next, !Interrupt.isRequested {
      let probe = try probe(reference, axis, value)
      if Interrupt.isRequested { break }
      show(probe)
      report.probes.append(probe)
      search.note(value, hasBroken: probe.broken != nil)
    }
    report.holds_up_to = search.holds.map(axis.text(of:))
    report.breaks_at = search.breaks.map(axis.text(of:))
    conclude(report)
    return Interrupt.exitCode ?? .clean
  }

  private func chooseAxis(of file: ScenarioFile) throws(CommandFailure) -> ScenarioAxis {
    let axes = file.scenario.axes
    let names = axes.map(\.name)
    guard let name = context.arguments[.axis] ?? (axes.count == 1 ? names[0] : nil) else {
      throw CommandFailure(
        axes.isEmpty
          ? "\(Program.name) budget: \(file.reference) has no axes\n  docs/scenarios.md shows how to add one\n"
          : "\(Program.name) budget: choose an axis with --axis: \(names.joined(separator: ", "))\n",
        .usage)
    }
    guard let axis = axes.first(where: { $0.name == name }) else {
      let hint = Suggestion.hint(for: name, among: names)
      throw CommandFailure(
        "\(Program.name) budget: \(file.reference) has no axis \"\(name)\"\n"
          + "  \(hint ?? "it has \(names.isEmpty ? "none" : names.joined(separator: ", "))")\n",
        .usage)
    }
    return axis
  }

  /// Runs seeds with the axis turned to a value until one breaks something.
  private func probe(
    _ reference: String, _ axis: ScenarioAxis, _ value: Int64
  ) throws(CommandFailure) -> Probe {
    let setting = axis.setting(to: value)
    let separator = reference.contains("?") ? "&" : "?"
    let file = try context.product.scenario(
      "\(reference)\(separator)\(setting.name)=\(setting.text)")
    let runs = context.arguments[.runs] ?? 200
    let jobs = context.arguments[.jobs] ?? ProcessInfo.processInfo.activeProcessorCount
    var campaign = try Campaign(
      of: [file.scenario.name],
      seeds: .drawn(from: context.arguments[.seed] ?? 1), runLimit: UInt64(runs),
      workers: jobs, in: ProcessWorkers([file], interruption: .ignored))
    let witness = try campaign.firstFinding(isEnough: { Interrupt.isRequested })
    return Probe(
      value: axis.text(of: value), runs: witness.map { Int($0.run.ordinal) + 1 } ?? runs,
      broken: witness?.outcome.finding?.property,
      replay: witness.map { CommandText.replay(file.reference, $0.run.seed) })
  }

  private func show(_ probe: Probe) {
    guard !context.options.isQuiet else { return }
    let outcome = probe.broken.map { "breaks \($0)" } ?? "holds"
    StandardError.write(
      "  \(TextLayout.padded(probe.value, to: 12))  \(outcome)"
        + " (\(TextLayout.counted(probe.runs, noun: "run")))\n")
  }

  private func conclude(_ report: Report) {
    if context.options.wantsJSON { return context.print(StableJSON.line(report)) }
    if context.options.wantsPlain {
      let cells = [report.scenario, report.axis, report.holds_up_to ?? "", report.breaks_at ?? ""]
      return context.print(cells.joined(separator: "\t"))
    }
    guard let breaks = report.breaks_at, let probe = report.probes.last(where: { $0.broken != nil })
    else {
      let most = report.holds_up_to ?? "nothing"
      return context.print("not broken up to the bound: \(most) \(report.means)")
    }
    let holds = report.holds_up_to.map { "holds up to \($0) \(report.means), " } ?? ""
    context.print("\(holds)breaks at \(breaks)\(holds.isEmpty ? " " + report.means : "")")
    context.print("  \(probe.broken ?? "")")
    context.hint("  \(probe.replay ?? "")")
  }
}
