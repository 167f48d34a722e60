import Reporting
import Terminal

/// One run as people read it.
struct RunText {
  private let report: RunReport
  private let context: CommandContext
  private let reference: String
  private let servers: Int

  init(_ report: RunReport, _ context: CommandContext, reference: String, servers: Int) {
    self.report = report
    self.context = context
    self.reference = reference
    self.servers = servers
  }

  func write() {
    if context.options.wantsPlain { return writePlain() }
    context.print(
      "\(report.scenario)  seed \(report.seed)  (\(TextLayout.counted(servers, "server")))")
    context.print()
    writeFacts()
    context.print()
    writeProperties()
    context.print()
    writeVerdict()
  }

  private func writePlain() {
    for property in report.properties {
      context.print(
        [report.seed, property.kind, property.name, property.status, property.detail]
          .joined(separator: "\t"))
    }
  }

  private func writeFacts() {
    let planned = report.stopped_early_of_ns.map {
      ", stopped early of \(Double($0 / 1_000_000) / 1_000) s"
    }
    let time = "\(report.virtual_ns / 1_000_000_000).\(milliseconds) s\(planned ?? "")"
    line(
      "virtual time",
      [time, TextLayout.counted(report.events, "event"), "digest \(report.digest)"])
    let hits = report.faults.sorted { $0.key < $1.key }.filter { $0.value > 0 }
    let faults = hits.map { "\($0.key) \(TextLayout.grouped($0.value))" }
    line("faults", faults.isEmpty ? ["none hit anything"] : faults)
    let counts = report.operations
    line(
      "operations",
      [
        "\(counts.ok) ok", "\(counts.fail) fail", "\(counts.info) info",
        "at most \(counts.most_open) open at once",
      ])
  }

  private var milliseconds: String {
    let rest = String(report.virtual_ns / 1_000_000 % 1_000)
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
    let nameWidth = (report.properties.map(\.name.count).max() ?? 0) + 2
    let indent = 14 + nameWidth + 6
    var lastKind = ""
    for property in report.properties {
      let head = property.kind == lastKind ? "" : property.kind
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

  private func status(of property: RunReport.Property) -> (word: String, style: Style) {
    switch (property.status, property.kind) {
    case ("holds", _): ("ok", .ok)
    case ("violated", _): ("FAIL", .failure)
    case (_, "sometimes"): ("-", .dim)
    default: ("??", .caution)
    }
  }

  private func writeVerdict() {
    guard let finding = report.finding else {
      let isValid = report.verdict == "valid"
      let mark = context.palette.apply(isValid ? .ok : .caution, to: isValid ? "ok" : "??")
      let text = "nothing is violated, but not all could be judged"
      context.print(mark + "  " + (isValid ? "every property holds" : text))
      return
    }
    let head = "\(reference)@\(report.seed)  \(finding.signature)"
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
    let replay = CommandText.replay(reference, report.seed)
    guard report.finding != nil else { return context.hint("\n  again    \(replay)") }
    context.hint("\n  replay   \(replay)")
    context.hint("  events   \(replay) --log")
  }
}

/// Commands that output suggests.
enum CommandText {
  /// The command that repeats a run.
  static func replay(_ reference: String, _ seed: String) -> String {
    // Settings contain characters that a shell would understand.
    let run = "\(reference)@\(seed)"
    return "orrery replay " + (reference.contains("?") ? "'\(run)'" : run)
  }
}
