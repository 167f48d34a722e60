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
    let runs = StoryWords.count(needed.runs, "run")
    var texts: [String] = []
    if needed.needed.isEmpty && needed.needless.isEmpty {
      texts = hanging("  ", "No fault: none was active.")
    } else if needed.needed.isEmpty {
      texts = hanging("  ", "No fault: it comes about without any of these.")
    } else {
      texts = hanging(
        "  ",
        needed.is_minimal
          ? "Without any one of these the run passes this point:"
          : "Some of these, which were not all tried one by one before the limit was reached:")
      for item in counted(needed.needed) { texts += hanging("    ", item) }
    }
    if !needed.needless.isEmpty {
      let list = counted(needed.needless).joined(separator: "; ")
      texts += hanging("  ", "Removed as not needed: \(list).")
    }
    if needed.earlier_faults > 0 {
      let faults = StoryWords.count(needed.earlier_faults, "earlier fault")
      let rest = needed.earlier_faults == 1 ? "it was" : "they were"
      texts += hanging("  ", "\(faults) had ended before and stayed as \(rest).")
    }
    return [heading("NEEDED FOR THE FAILURE", "tested in \(runs) of this seed")] + plain(texts)
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
