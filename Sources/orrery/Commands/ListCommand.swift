import Scenarios
import Catalog
import Checking
import Reporting
import Simulation
import Terminal

/// `orrery list`: what can be simulated and checked.
struct ListCommand {
  /// One line of a list.
  private struct Item: Encodable {
    let name: String
    let summary: String
    /// More, for catalogues that have more to say.
    var details: [String] = []
  }

  let context: CommandContext

  func run() throws(CommandFailure) -> ExitCode {
    let kind = context.arguments.words.first ?? "scenarios"
    let items = try items(kind)
    if context.options.wantsJSON {
      context.print(StableJSON.line([kind: items]))
    } else if context.options.wantsPlain {
      for item in items { context.print("\(item.name)\t\(item.summary)") }
    } else {
      show(items, kind)
    }
    return .clean
  }

  private var width: Int { min(context.output.width, 100) }

  private func items(_ kind: String) throws(CommandFailure) -> [Item] {
    switch kind {
    case "faults":
      return FaultKind.allCases.map {
        Item(
          name: $0.rawValue, summary: $0.guide.summary,
          details: [$0.guide.semantics] + $0.guide.parameters + ["evidence: \($0.evidence)"])
      }
    case "models": return Models.all.map { Item(name: $0.name, summary: $0.summary) }
    case "checkers":
      return [
        Item(
          name: "invariants",
          summary: "The protocol's own rules, after every event, with ghost state."),
        Item(
          name: "linearizable",
          summary: "Every key of clients' histories is linearizable; unknown outcomes stay open."),
        Item(name: "progress", summary: "Operations complete after all faults have healed."),
      ]
    case "protocols":
      return OrreryCatalog.protocols.map { entry in
        Item(
          name: entry.name,
          summary: "\(entry.summary) Defects: \(entry.defects.joined(separator: ", ")).")
      }
    default:
      var items: [Item] = []
      for path in ScenarioFile.all() {
        let file = try ScenarioFile(path)
        items.append(Item(name: file.scenario.name, summary: file.scenario.summary))
      }
      return items
    }
  }

  private func show(_ items: [Item], _ kind: String) {
    guard !items.isEmpty else {
      return context.print("no \(kind) here: \(ScenarioFile.folder)/ is empty or missing")
    }
    for item in items {
      context.print(context.palette.apply(.bold, to: item.name))
      for part in TextLayout.wrap(item.summary, width: width - 4) {
        context.print("    " + part)
      }
      for detail in item.details {
        for (number, part) in TextLayout.wrap(detail, width: width - 6).enumerated() {
          context.print((number == 0 ? "    - " : "      ") + part)
        }
      }
    }
    if kind == "faults" {
      context.hint("\nEvery kind takes every, lasts and victims; docs/faults.md has examples.")
    }
    if kind == "scenarios" { context.hint("\nNext: orrery fuzz \(items[0].name) --runs 200") }
  }
}
