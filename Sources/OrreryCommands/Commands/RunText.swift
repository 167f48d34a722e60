import Determinism
import Exploration
import Reporting
import Terminal

/// One run as people read it.
struct RunText {
  private let outcome: Outcome
  private let context: CommandContext
  private let reference: String
  private let servers: Int

  init(_ outcome: Outcome, _ context: CommandContext, reference: String, servers: Int) {
    self.outcome = outcome
    self.context = context
    self.reference = reference
    self.servers = servers
  }

  func write() {
    if context.options.wantsPlain { return writePlain() }
    context.print(
      "\(outcome.scenario)  seed \(SeedText.format(outcome.seed))  (\(TextLayout.counted(servers, noun: "server")))"
    )
    context.print()
    writeFacts()
    context.print()
    writeProperties()
    context.print()
    writeVerdict()
  }

  private func writePlain() {
    for property in outcome.properties {
      context.print(
        [
          SeedText.format(outcome.seed), property.kind.rawValue, property.name,
          property.status.rawValue, property.detail,
        ].joined(separator: "\t"))
    }
  }

  private func writeFacts() {
    let planned = outcome.stoppedEarlyOf.map {
      ", stopped early of \(Double($0.count / 1_000_000) / 1_000) s"
    }
    let time = "\(outcome.virtualTime.count / 1_000_000_000).\(milliseconds) s\(planned ?? "")"
    line(
      "virtual time",
      [time, TextLayout.counted(outcome.events, noun: "event"), "digest \(outcome.digest)"])
    if !outcome.drawn.isEmpty { line("varied", outcome.drawn) }
    let hits = outcome.faults.sorted { $0.name < $1.name }.filter { $0.count > 0 }
    let faults = hits.map { "\($0.name) \(TextLayout.grouped($0.count))" }
    line("faults", faults.isEmpty ? ["none hit anything"] : faults)
    let counts = outcome.operations
    line(
      "operations",
      [
        "\(counts.ok) ok", "\(counts.fail) fail", "\(counts.info) info",
        "at most \(counts.mostOpen) open at once",
      ])
  }

  private var milliseconds: String {
    let rest = String(outcome.virtualTime.count / 1_000_000 % 1_000)
    return String(repeating: "0", count: 3 - rest.count) + rest
  }

  private func line(_ label: String, _ items: [String]) {
    let indent = 15
    for (number, part) in TextLayout.wrap(items: items, width: width - indent).enumerated() {
      let head = number == 0 ? "  " + TextLayout.padded(label, to: indent - 2) : blanks(indent)
      context.print(head + part)
    }
  }

  private var width: Int { min(context.output.width, 100) }

  private func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }

  private func writeProperties() {
    let nameWidth = (outcome.properties.map(\.name.count).max() ?? 0) + 2
    let indent = 14 + nameWidth + 6
    var lastKind: Outcome.PropertyResult.Kind?
    for property in outcome.properties {
      let head = property.kind == lastKind ? "" : property.kind.rawValue
      lastKind = property.kind
      let (word, style) = status(of: property)
      let details = TextLayout.wrap(property.detail, width: max(20, width - indent))
      let start = "  " + TextLayout.padded(head, to: 12)
      let label = TextLayout.padded(property.name, to: nameWidth)
      let gap = details.isEmpty ? "" : blanks(6 - word.count)
      context.print(
        start + label + context.palette.apply(style, to: word) + gap + (details.first ?? ""))
      for detail in details.dropFirst() { context.print(blanks(indent) + detail) }
    }
  }

  private func status(of property: Outcome.PropertyResult) -> (word: String, style: Style) {
    switch (property.status, property.kind) {
    case (.holds, _): ("ok", .ok)
    case (.violated, _): ("FAIL", .failure)
    case (.unknown, .sometimes): ("-", .dim)
    case (.unknown, _): ("??", .caution)
    }
  }

  private func writeVerdict() {
    guard let finding = outcome.finding else {
      let isValid = outcome.verdict == .valid
      let mark = context.palette.apply(isValid ? .ok : .caution, to: isValid ? "ok" : "??")
      let text = "nothing is violated, but not all could be judged"
      context.print(mark + "  " + (isValid ? "every property holds" : text))
      return
    }
    let run = RunReference(scenario: reference, seed: outcome.seed)
    let head = "\(run)  \(finding.signature)"
    context.print(context.palette.apply(.failure, to: "FAIL") + "  \(head)")
    for part in TextLayout.wrap("\(finding.property): \(finding.kind)", width: width - 6) {
      context.print("      " + part)
    }
    if let breach = finding.breach {
      for part in TextLayout.wrap("outside the contract: \(breach)", width: width - 6) {
        context.print("      " + part)
      }
    }
  }

  /// Suggests commands to go on with.
  func writeNextStep() {
    let replay = CommandText.replay(reference, outcome.seed)
    guard outcome.finding != nil else { return context.hint("\n  again    \(replay)") }
    context.hint("\n  replay   \(replay)")
    context.hint("  events   \(replay) --log")
  }
}

/// Commands that output suggests.
enum CommandText {
  /// The command that repeats a run.
  static func replay(_ reference: String, _ seed: UInt64) -> String {
    // Settings contain characters that a shell would understand.
    let run = RunReference(scenario: reference, seed: seed).description
    return "\(Program.name) replay " + (reference.contains("?") ? "'\(run)'" : run)
  }
}
