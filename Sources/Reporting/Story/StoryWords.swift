import Determinism
import Exploration
import Histories
import ProtocolKit
import Simulation

/// How operations, faults and times are put into words.
enum StoryWords {
  /// A time in milliseconds with one decimal.
  static func milliseconds(_ count: UInt64) -> String {
    let tenths = (count + 50_000) / 100_000
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// An instant in milliseconds with one decimal.
  static func milliseconds(_ instant: Instant) -> String {
    milliseconds(instant.nanosecondsSinceStart)
  }

  /// A number with what it counts.
  static func count(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(plural ?? noun + "s")"
  }

  /// A message without the remarks in brackets at its end.
  static func brief(_ message: String) -> String {
    guard message.hasSuffix(")"), let bracket = message.lastIndex(of: "(") else { return message }
    let head = message[..<bracket]
    return head.allSatisfy { $0 == " " } ? message : String(head).trimmingBlanks
  }

  /// A text as a sentence: with a capital letter, unless it begins with a name, and a full stop.
  static func sentence(_ text: String) -> String {
    let first = text.prefix { $0 != " " }
    let isName = first.contains { $0.isNumber || $0 == "/" }
    let start = isName ? text : text.prefix(1).uppercased() + text.dropFirst()
    return text.hasSuffix(".") || text.isEmpty ? start : start + "."
  }

  /// The part of a note that does not repeat the node at which it stands.
  static func note(_ text: String, at node: NodeID) -> String {
    let prefix = ["\(node) ", "\(node): "].first { text.hasPrefix($0) }
    return prefix.map { String(text.dropFirst($0.count)) } ?? text
  }

  /// A condition of links or clocks.
  static func trouble(_ trouble: Trouble) -> String {
    switch trouble {
    case .loss: "messages that are lost by chance"
    case .duplication: "messages that arrive twice"
    case .reordering: "messages that are held back and overtaken"
    case .corruption: "messages that are damaged"
    case .varyingDelay: "messages that take different times"
    case .clockDrift: "clocks that run fast or slow"
    case .wallOffset: "wall clocks that are off"
    }
  }
}

extension String {
  /// The text with a blank for everything that would disturb a screen: tabs, line breaks, escapes.
  var onOneLine: String {
    String(
      map { character in
        let isControl = character.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
        return isControl ? " " : character
      })
  }

  /// The text without blanks at its end.
  var trimmingBlanks: String {
    String(reversed().drop { $0 == " " }.reversed())
  }
}
