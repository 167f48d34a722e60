/// Arranges plain text for a fixed-width screen; colour is added afterwards, as it takes no room.
public enum TextLayout {
  /// Breaks text between words so that no line is wider than given, unless a single word is.
  public static func wrap(_ text: String, width: Int) -> [String] {
    wrap(words: text.split(separator: " ").map(String.init), width: width)
  }

  /// Fills lines with words, which may themselves contain blanks and are never broken.
  public static func wrap(words: [String], width: Int) -> [String] {
    var lines: [String] = []
    for word in words {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(word)
      }
    }
    return lines
  }

  /// Fills lines with items behind commas, which are never broken.
  public static func wrap(items: [String], width: Int) -> [String] {
    wrap(words: items.dropLast().map { $0 + "," } + items.suffix(1), width: width)
  }

  /// Text with blanks added on the right up to a width; longer text stays whole.
  public static func padded(_ text: String, to width: Int) -> String {
    text + blanks(width - text.count)
  }

  /// Text with blanks added on the left up to a width, as numbers in a column want it.
  public static func paddedLeft(_ text: String, to width: Int) -> String {
    blanks(width - text.count) + text
  }

  /// Text cut to a width; a cut is shown by three dots where there is room for them.
  public static func truncated(_ text: String, to width: Int) -> String {
    if text.count <= width { return text }
    return width < 4 ? String(text.prefix(width)) : text.prefix(width - 3) + "..."
  }

  /// One line per row, with every cell but the last padded to the widest of its column.
  public static func columns(_ rows: [[String]], gap: Int = 2) -> [String] {
    var widths: [Int] = []
    for row in rows {
      for (index, cell) in row.enumerated() {
        if index == widths.count { widths.append(0) }
        widths[index] = max(widths[index], cell.count)
      }
    }
    return rows.map { row in
      let cells = row.enumerated().map { index, cell in
        index == row.count - 1 ? cell : padded(cell, to: widths[index] + gap)
      }
      return cells.joined()
    }
  }

  /// A number with its digits in groups of three, such as `11 482`.
  public static func grouped(_ number: some BinaryInteger) -> String {
    let digits = Array(String(number.magnitude))
    var text = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index).isMultiple(of: 3) { text.append(" ") }
      text.append(digit)
    }
    return text
  }

  /// A number with what it counts, such as `1 job` or `11 482 events`.
  public static func counted(_ number: some BinaryInteger, noun: String) -> String {
    "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  private static func blanks(_ count: Int) -> String {
    String(repeating: " ", count: max(0, count))
  }
}
