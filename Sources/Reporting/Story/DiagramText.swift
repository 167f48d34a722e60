import Terminal

/// Draws a space-time diagram in ASCII.
///
/// A row is a time, the lanes, and words to the right. What a message says stands in its arrow if it
/// fits, and otherwise among the words.
struct DiagramText {
  private let diagram: Diagram
  private let width: Int
  /// The distance between lanes.
  private let pitch: Int
  /// Where the words begin.
  private let margin: Int

  private static let timeWidth = 9
  private static let firstLane = timeWidth + 3
  /// How much room words should have.
  private static let wordsWidth = 32
  /// How much room they need.
  private static let leastWords = 16
  /// How many lines a row may take.
  private static let mostLines = 3

  init(_ diagram: Diagram, width: Int) {
    self.diagram = diagram
    self.width = width
    let steps = max(1, diagram.lanes.count - 1)
    let room = (width - Self.firstLane - 3 - Self.wordsWidth) / steps
    pitch = min(13, max(5, room))
    margin = Self.firstLane + (diagram.lanes.count - 1) * pitch + 4
  }

  /// The lines of the picture; a sentence instead where it would be too narrow to read.
  var lines: [String] {
    guard !diagram.lanes.isEmpty else { return [] }
    guard margin + Self.leastWords <= width else {
      return ["  It takes \(margin + Self.leastWords + 1) columns: try a larger --width."]
    }
    return [heading]
      + diagram.rows.flatMap { row in
        lines(of: row) + (row.is_violation ? [violation(row)] : [])
      }
  }

  private var heading: String {
    var canvas = Canvas(width: width)
    canvas.put("ms", at: Self.timeWidth - 2)
    for (lane, name) in diagram.lanes.enumerated() {
      canvas.put(name, at: max(0, column(lane) - name.count / 2))
    }
    return canvas.text
  }

  private func column(_ lane: Int) -> Int { Self.firstLane + lane * pitch }

  private func lane(_ name: String?) -> Int? { diagram.lanes.firstIndex { $0 == name } }

  private func lines(of row: Diagram.Row) -> [String] {
    switch row.kind {
    case .gap: return [fold(row)]
    case .fault: return [fault(row)]
    case .message, .lost: return arrow(row)
    case .ask, .timer, .step: return happening(row)
    }
  }

  /// A row with its time and the lanes as they are at that time.
  private func canvas(_ row: Diagram.Row, showsTime: Bool = true) -> Canvas {
    var canvas = Canvas(width: width)
    if showsTime {
      let time = StoryWords.milliseconds(row.ns)
      canvas.put(TextLayout.paddedLeft(time, to: Self.timeWidth), at: 0)
    }
    for (lane, name) in diagram.lanes.enumerated() {
      let span = diagram.spans.first {
        $0.node == name && $0.begins_ns <= row.ns && row.ns < $0.ends_ns
      }
      canvas.put(span.map { $0.is_down ? "." : "~" } ?? "|", at: column(lane))
    }
    return canvas
  }

  private func fold(_ row: Diagram.Row) -> String {
    var canvas = Canvas(width: width)
    for lane in diagram.lanes.indices { canvas.put(":", at: column(lane)) }
    canvas.put("\(StoryWords.milliseconds(row.ns)) ms: \(row.label)", at: margin)
    return canvas.text
  }

  private func fault(_ row: Diagram.Row) -> String {
    var canvas = canvas(row)
    if let lane = lane(row.node), row.note == "begins" {
      let isDown = diagram.spans.contains {
        $0.node == row.node && $0.begins_ns == row.ns && $0.is_down
      }
      canvas.put(isDown ? "x" : "~", at: column(lane))
    }
    let border = diagram.borders.first { $0.fault == row.label && row.note == "begins" }
    for lane in diagram.lanes.indices.dropLast() {
      let ends = [diagram.lanes[lane], diagram.lanes[lane + 1]]
      guard let border, border.pairs.contains(where: { $0 == ends || $0 == ends.reversed() })
      else { continue }
      canvas.put(String(repeating: "~", count: pitch - 3), at: column(lane) + 2)
    }
    canvas.put("\(row.label) \(row.note)", at: margin)
    return canvas.text
  }

  private func violation(_ row: Diagram.Row) -> String {
    var canvas = canvas(row, showsTime: false)
    if let lane = lane(row.node) { canvas.put("!", at: column(lane)) }
    canvas.put("VIOLATION", at: margin)
    return canvas.text
  }

  private func happening(_ row: Diagram.Row) -> [String] {
    let text = [row.label, row.note].filter { !$0.isEmpty }.joined(separator: ": ")
    return written(text, beside: canvas(row), row)
  }

  private func arrow(_ row: Diagram.Row) -> [String] {
    guard let from = lane(row.from), let to = lane(row.node), from != to else {
      return happening(row)
    }
    var canvas = canvas(row)
    let fits = draw(from, to, label: row.label, isLost: row.kind == .lost, on: &canvas)
    if fits || row.label.isEmpty { return written(row.note, beside: canvas, row) }
    if row.note.isEmpty {
      return written(shortened(row.label, to: width - margin), beside: canvas, row)
    }
    let joined = row.label.count + 2 + row.note.count
    if row.kind == .lost || joined <= width - margin {
      let room = width - margin - row.note.count - 2
      let label = shortened(row.label, to: max(Self.leastWords / 2, room))
      return written("\(label): \(row.note)", beside: canvas, row)
    }
    canvas.put(shortened(row.label, to: width - margin), at: margin)
    return [canvas.text]
      + written(row.note, beside: self.canvas(row, showsTime: false), row)
  }

  /// Draws an arrow and returns whether there was room for its label.
  private func draw(
    _ from: Int, _ to: Int, label: String, isLost: Bool, on canvas: inout Canvas
  ) -> Bool {
    let (left, right) = (column(min(from, to)) + 1, column(max(from, to)) - 1)
    canvas.put(String(repeating: "-", count: right - left + 1), at: left)
    canvas.put(isLost ? "X" : from < to ? ">" : "<", at: from < to ? right : left)
    let room = right - left + 1 - 6
    guard !label.isEmpty, label.count <= room else { return false }
    canvas.put(" \(label) ", at: left + (right - left - label.count) / 2)
    return true
  }

  /// Writes words to the right of a row, on further lines if need be, and marks the node.
  private func written(
    _ text: String, beside first: Canvas, _ row: Diagram.Row
  ) -> [String] {
    var parts = TextLayout.wrap(text, width: width - margin)
    if parts.count > Self.mostLines {
      let rest = parts[(Self.mostLines - 1)...].joined(separator: " ")
      parts = parts.prefix(Self.mostLines - 1) + [rest]
    }
    var lines: [String] = []
    for (number, part) in (parts.isEmpty ? [""] : parts).enumerated() {
      var canvas = number == 0 ? first : self.canvas(row, showsTime: false)
      if number == 0, let lane = lane(row.node), let symbol = symbol(row) {
        canvas.put(symbol, at: column(lane))
      }
      canvas.put(TextLayout.truncated(part, to: width - margin), at: margin)
      lines.append(canvas.text)
    }
    return lines
  }

  private func symbol(_ row: Diagram.Row) -> String? {
    if row.changes_role { return "#" }
    switch row.kind {
    case .ask: return "o"
    case .timer: return "T"
    case .step: return "*"
    case .message: return row.note.isEmpty ? nil : "*"
    case .lost, .fault, .gap: return nil
    }
  }

  /// A message cut behind a comma or before a bracket, where it is longer than the room for it.
  private func shortened(_ text: String, to width: Int) -> String {
    guard text.count > width else { return text }
    let ends = text.indices.filter { text[$0] == "," || text[$0] == "(" }
    let heads = ends.map { String(text[..<$0]).trimmingBlanks }
    return heads.last { !$0.isEmpty && $0.count <= width } ?? TextLayout.truncated(text, to: width)
  }
}

/// A line of characters to write upon.
private struct Canvas {
  private var characters: [Character]

  init(width: Int) {
    characters = [Character](repeating: " ", count: max(0, width))
  }

  /// Writes over what is there; what does not fit is lost.
  mutating func put(_ text: String, at column: Int) {
    for (offset, character) in text.enumerated() where characters.indices.contains(column + offset)
    {
      characters[column + offset] = character
    }
  }

  /// What was written, without blanks at the end.
  var text: String { String(characters).trimmingBlanks }
}
