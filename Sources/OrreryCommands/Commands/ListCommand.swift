import Scenarios
import SystemKit
import Checking
import Histories
import Reporting
import ProtocolKit
import Simulation
import Terminal

/// `orrery list`: what can be simulated and checked.
struct ListCommand {
  /// One line of a list.
  fileprivate struct Item: Encodable {
    let name: String
    let summary: String
    /// More, for catalogues that have more to say.
    var details: [String] = []
    /// A tiny history that is rejected, one event a line.
    var failure: [String]?
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

  /// What only runs can be judged by, since a history alone does not show it.
  private static let inRuns = [
    Item(
      name: "invariants",
      summary: "In runs: the protocol's own rules, after every event, with ghost state."),
    Item(
      name: "progress", summary: "In runs: operations complete after all faults have healed."),
  ]

  private var width: Int { min(context.output.width, 100) }

  private func items(_ kind: String) throws(CommandFailure) -> [Item] {
    switch kind {
    case "faults":
      return FaultKind.allCases.map {
        Item(
          name: $0.rawValue, summary: $0.guide.summary,
          details: [$0.guide.semantics] + $0.details)
      }
    case "formats":
      return HistoryFormat.allCases.map { Item(name: $0.rawValue, summary: $0.summary) }
    case "models": return Models.all.map { Item($0.name, $0.guide, options: $0.options) }
    case "checkers":
      return Self.inRuns
        + ModelProperty.allCases.map { Item($0.rawValue, $0.guide, options: []) }
        + Checkers.all.map { Item($0.name, $0.guide, options: $0.options) }
    case "protocols":
      return context.product.systems.map { entry in
        Item(
          name: entry.name,
          summary: "\(entry.summary) Defects: \(entry.defects.joined(separator: ", ")).",
          details: ["roles: \(entry.roles.map(\.description).joined(separator: ", "))"])
      }
    case "rules":
      return context.product.systems.flatMap { system in
        system.rules.map {
          Item(
            name: "\(system.name)/\($0.slug)", summary: "\($0.statement).",
            details: [$0.rationale])
        }
      }
    default:
      var items: [Item] = []
      for path in context.product.allScenarios() {
        let file = try context.product.scenario(path)
        items.append(Item(name: file.scenario.name, summary: file.scenario.summary))
      }
      return items
    }
  }

  private func show(_ items: [Item], _ kind: String) {
    guard !items.isEmpty else {
      return context.print("no \(kind) here: \(context.product.folder)/ is empty or missing")
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
      if let failure = item.failure {
        context.print("    - rejects")
        for line in failure { context.print("        " + line) }
      }
    }
    if kind == "faults" {
      context.hint("\nEvery kind takes every, lasts and victims; docs/faults.md has examples.")
    }
    if kind == "scenarios" {
      context.hint("\nNext: \(Program.name) fuzz \(items[0].name) --runs 200")
    }
  }
}

extension ListCommand.Item {
  fileprivate init(_ name: String, _ guide: Guide, options: [CheckerOption]) {
    self.name = name
    summary = guide.summary
    details = [
      "valid means: \(guide.guarantee)", "cost: \(guide.complexity)", "source: \(guide.source)",
    ]
    details += options.map { "option \($0.usage): \($0.meaning)" }
    failure = guide.failure.split(separator: "\n").map(String.init)
  }
}
