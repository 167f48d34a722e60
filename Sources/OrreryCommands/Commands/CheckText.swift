import Reporting
import Terminal

/// What `orrery check` tells people.
struct CheckText {
  private static let mostOperations = 12

  let context: CommandContext
  let report: CheckReport
  /// The history's file, and what was assumed about it.
  let title: String

  private var width: Int { min(context.output.width, 100) }

  func show(explained: Bool) {
    let counts = report.operations
    context.print(
      "\(title): \(TextLayout.counted(counts.total, noun: "operation")) "
        + "(\(TextLayout.grouped(counts.ok)) ok, \(TextLayout.grouped(counts.fail)) fail, "
        + "\(TextLayout.grouped(counts.info)) info)")
    showVerdict()
    if let explanation = report.explanation {
      explained ? explain(explanation) : summarise(explanation)
    }
    showAnomalies(explained: explained)
    if let advice = report.advice { paragraph(advice) }
    for fact in report.facts { paragraph("\(fact.name): \(fact.value)") }
    if explained, let orders = report.linearization { show(orders) }
  }

  private func showVerdict() {
    let style: Style =
      switch report.verdict {
      case "valid": .ok
      case "invalid": .failure
      default: .caution
      }
    let subject =
      report.model.map { "\(report.checker), model \($0)" } ?? report.checker
    let negation = report.verdict == "invalid" ? "not " : ""
    let text = report.verdict == "unknown" ? "undecided: \(subject)" : negation + subject
    context.print(context.palette.apply(style, to: report.verdict) + "  " + text)
  }

  private func summarise(_ explanation: CheckReport.ExplanationReport) {
    paragraph(
      "first impossible: \(explanation.operation.text), events "
        + "\(explanation.operation.invoked_at) to \(explanation.operation.completed_at ?? -1)")
    paragraph(
      "longest valid prefix: "
        + "\(TextLayout.counted(explanation.completed_before, noun: "operation")) completed"
        + states(explanation))
    context.hint("  --explain shows the smallest part of the history that is impossible")
  }

  private func states(_ explanation: CheckReport.ExplanationReport) -> String {
    guard explanation.possible_state_count > 0 else { return "" }
    let listed = explanation.possible_states.prefix(6).joined(separator: " or ")
    let more = explanation.possible_state_count > 6 ? " ..." : ""
    return ", then the state can only be \(listed)\(more)"
  }

  private func explain(_ explanation: CheckReport.ExplanationReport) {
    heading("WHAT IS IMPOSSIBLE")
    paragraph("\(explanation.operation.text).")
    let before = TextLayout.counted(explanation.completed_before, noun: "operation")
    paragraph(
      "Before its completion (event \(explanation.operation.completed_at ?? -1)) \(before) "
        + "completed\(explanation.key.map { " on key \($0)" } ?? ""), and there is an order of them "
        + "that fits\(states(explanation)). No order has a place for this one.")
    if let conflict = explanation.conflict { paragraph("In short: \(conflict.text).") }
    guard let minimal = explanation.minimal ?? explanation.conflict?.operations else { return }
    heading("THE SMALLEST PART THAT SHOWS IT")
    let count = TextLayout.counted(minimal.count, noun: "operation")
    paragraph(
      "\(count) of \(report.operations.total); without any one of them there is an order, or another "
        + "reason why there is none.")
    context.print("")
    show(Timeline(minimal, blamed: explanation.operation.position, width: width))
    context.print("")
    paragraph(
      "Time runs to the right. Each operation must take effect at one instant between its "
        + "invocation and its completion; one that ends in > has no result, and may take effect "
        + "at any later time or never.")
  }

  private func showAnomalies(explained: Bool) {
    let shown = report.anomalies.prefix(explained ? Self.mostOperations : 3)
    for anomaly in shown {
      let key = anomaly.key.map { " (key \($0))" } ?? ""
      paragraph("\(anomaly.name)\(key): \(anomaly.text)")
      guard explained else { continue }
      show(Timeline(anomaly.operations, width: width))
    }
    let hidden = report.anomalies.count - shown.count
    if hidden > 0 { paragraph("... \(hidden) more; --json lists all") }
  }

  private func show(_ orders: [CheckReport.OrderReport]) {
    heading("AN ORDER THAT FITS")
    for order in orders.prefix(Self.mostOperations) {
      let places = order.order.prefix(Self.mostOperations).map(String.init).joined(separator: " ")
      let more = order.order.count > Self.mostOperations ? " ..." : ""
      paragraph("\(order.key.map { "key \($0): " } ?? "")operations \(places)\(more)")
    }
    paragraph("Numbers are places in the history, from 0; --json has all of them.")
  }

  private func show(_ timeline: Timeline) {
    for line in timeline.lines { context.print("  " + line) }
  }

  private func heading(_ text: String) {
    context.print("")
    context.print(context.palette.apply(.bold, to: text))
  }

  private func paragraph(_ text: String) {
    for line in TextLayout.wrap(text, width: width - 2) { context.print("  " + line) }
  }
}
