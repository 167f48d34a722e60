import Exploration
public import Terminal

/// Lays a story out for people: sections of plain lines, no wider than asked for.
public struct StoryText {
  /// A line with the style that its whole may be dressed in.
  public struct Line: Hashable, Sendable {
    /// The text, without any styling.
    public var text: String
    /// How it may be dressed.
    public var style: Style?
  }

  private let story: Story
  private let width: Int
  private let hasDiagram: Bool
  private let isASCII: Bool

  /// The narrowest layout; narrower screens wrap it.
  private static let leastWidth = 40
  /// The most troubles that are listed as needed, and as not needed.
  private static let mostItems = 8

  /// Prepares the layout of a story.
  public init(_ story: Story, width: Int, hasDiagram: Bool = true, isASCII: Bool = false) {
    self.story = story
    self.width = max(Self.leastWidth, width)
    self.hasDiagram = hasDiagram
    self.isASCII = isASCII
  }

  /// The lines from the headline to the legend of the picture.
  public var lines: [Line] {
    let sections = [headline, clients, happened, why, needed] + (hasDiagram ? [picture] : [])
    let lines = sections.filter { !$0.isEmpty }.joined(separator: [Line(text: "")])
    return lines.map { line in
      let text = line.text.onOneLine
      return Line(
        text: isASCII ? String(text.map { $0.isASCII ? $0 : "?" }) : text, style: line.style)
    }
  }

  private func plain(_ texts: [String]) -> [Line] { texts.map { Line(text: $0) } }

  private func heading(_ title: String, _ remark: String = "") -> Line {
    let room = max(2, min(36, width - remark.count) - title.count)
    let gap = remark.isEmpty ? "" : String(repeating: " ", count: room)
    return Line(text: TextLayout.truncated(title + gap + remark, to: width), style: .bold)
  }

  /// Text below a first part of a line, such as a number.
  private func hanging(_ head: String, _ text: String) -> [String] {
    let parts = TextLayout.wrap(text, width: width - head.count)
    let indent = String(repeating: " ", count: head.count)
    return parts.enumerated().map { ($0.offset == 0 ? head : indent) + $0.element }
  }

  private var headline: [Line] {
    TextLayout.wrap(story.headline, width: width).map { Line(text: $0, style: .failure) }
  }

  private var clients: [Line] {
    guard !story.clients.isEmpty else { return [] }
    let rows = story.clients.map { seen in
      let end = seen.answered_ns.map { "  \(StoryWords.milliseconds($0)) ms" } ?? ""
      return [
        "  " + seen.node, seen.text, "asked \(StoryWords.milliseconds(seen.asked_ns)) ms",
        seen.answered_ns == nil
          ? "no answer" : "answered \(seen.answer)\(end)",
        seen.is_impossible ? "<- impossible" : "",
      ]
    }
    let lines = TextLayout.columns(rows).map {
      TextLayout.truncated($0.trimmingBlanks, to: width)
    }
    return [heading("WHAT CLIENTS SAW", story.key.map { "key \($0)" } ?? "")] + plain(lines)
  }

  private var happened: [Line] {
    var lines = [heading("WHAT HAPPENED")]
    if story.is_cut {
      lines += plain(hanging("      ", "(earlier events left out)"))
    }
    let timeWidth = story.happened.map { StoryWords.milliseconds($0.ns).count }.max() ?? 0
    for (number, step) in story.happened.enumerated() {
      let time = TextLayout.paddedLeft(StoryWords.milliseconds(step.ns), to: timeWidth)
      let head = TextLayout.paddedLeft("\(number + 1).", to: 5) + " \(time) ms  "
      lines += plain(hanging(head, step.text))
    }
    return lines
  }

  private var why: [Line] {
    [heading("WHY THIS IS WRONG", "property \(story.property)")]
      + plain(hanging("  ", story.why.joined(separator: " ")))
  }

  private var needed: [Line] {
    guard let needed = story.needed else { return [] }
    var texts: [String] = []
    if needed.alone.isEmpty && needed.together.isEmpty && needed.untried == 0 {
      texts = hanging("  ", "No fault: none was active.")
    } else if needed.alone.isEmpty && needed.untried == 0 {
      texts = hanging("  ", "No fault: it comes about without any of these.")
    } else {
      texts = hanging("  ", Self.method(needed)) + trials(needed)
    }
    texts += together(needed).flatMap { hanging("  ", $0) }
    if needed.untried > 0 {
      texts += hanging(
        "  ", "\(needed.untried) more were not tried one by one before the limit was reached.")
    }
    if needed.earlier_faults > 0 {
      let faults = StoryWords.count(needed.earlier_faults, "earlier fault")
      let rest = needed.earlier_faults == 1 ? "it was" : "they were"
      texts += hanging("  ", "\(faults) had ended before and stayed as \(rest).")
    }
    let runs = StoryWords.count(needed.runs, "run")
    return [heading("NEEDED FOR THE FAILURE", "tested in \(runs) of this seed")] + plain(texts)
  }

  /// What can go at once, and what is left of the violation then.
  private func together(_ needed: Story.Needed) -> [String] {
    var sentences: [String] = []
    if !needed.together.isEmpty {
      let list = counted(needed.together).joined(separator: "; ")
      sentences.append("Left out all at once, this run shows it still: \(list).")
    }
    guard needed.with_together > 0 else { return sentences }
    let hasOthers = needed.alone.contains { $0.role == .needless }
    let those = hasOthers ? "these and whatever is not needed alone" : "all of these"
    sentences.append(
      "Without \(needed.together.isEmpty ? "whatever is not needed alone" : those), it shows in "
        + "\(needed.without_together) of \(needed.tries), with them in \(needed.with_together)"
        + (needed.without_together == 0 ? ": one of them stands in for another." : "."))
    return sentences
  }

  /// What the counts of the trials are counts of.
  private static func method(_ needed: Story.Needed) -> String {
    "How often the violation shows with and without each alone: in this run, and in "
      + "\(needed.tries - 1) in which all chance is drawn anew from where the trouble begins."
  }

  /// A line for each trouble that was left out alone, the needed first.
  private func trials(_ needed: Story.Needed) -> [String] {
    let order: [Ablation.Role] = [.needed, .likelier, .unclear, .needless]
    let sorted = order.flatMap { role in needed.alone.filter { $0.role == role } }
    let shown = sorted.prefix(Self.mostItems)
    let rows = shown.map { trial in
      [
        "    \(trial.with) of \(needed.tries)", "\(trial.without) of \(needed.tries)",
        Self.words(trial.role), trial.text,
      ]
    }
    let header = ["    with it", "without", "", ""]
    let lines = TextLayout.columns((rows.isEmpty ? [] : [header]) + rows).map {
      TextLayout.truncated($0.trimmingBlanks, to: width)
    }
    let rest = sorted.count - shown.count
    let others = sorted.compactMap { trial in
      trial.instead.map { "Without \(trial.text), this run ends with another violation: \($0)." }
    }
    return lines + (rest > 0 ? ["    \(rest) more"] : [])
      + others.flatMap { hanging("  ", $0) }
  }

  private static func words(_ role: Ablation.Role) -> String {
    switch role {
    case .needed: "needed"
    case .likelier: "makes it likelier"
    case .needless: "not needed"
    case .unclear: "cannot be told from chance"
    }
  }

  /// Each of some items once, with how often it is there; only the first few of many.
  private func counted(_ items: [String]) -> [String] {
    let distinct = items.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let shown = distinct.prefix(Self.mostItems).map { item in
      let count = items.count { $0 == item }
      return count > 1 ? "\(item) (\(count) times)" : item
    }
    let rest = distinct.count - shown.count
    return rest > 0 ? shown + ["\(rest) more"] : shown
  }

  private var picture: [Line] {
    let drawing = DiagramText(story.diagram, width: width - 1).lines
    guard !drawing.isEmpty else { return [] }
    let legend = [
      "o asks  ", "* happens  ", "T timer  ", "# leads or no longer leads  ", "X lost  ",
      "! violation",
    ]
    var lines = [heading("IN A PICTURE")] + plain(drawing) + [Line(text: "")]
    lines += plain(
      TextLayout.wrap(words: legend, width: width - 2).map { "  \($0)".trimmingBlanks })
    for fault in story.faults {
      let span =
        "\(StoryWords.milliseconds(fault.begins_ns)) to \(StoryWords.milliseconds(fault.ends_ns)) ms"
      lines += plain(hanging("  \(fault.name) ", "\(fault.text), \(span)"))
    }
    return lines
  }
}
