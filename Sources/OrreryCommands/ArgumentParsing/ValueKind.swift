import Text
import Determinism
import Scenarios

/// What the text of an argument has to be.
enum ValueKind: Sendable {
  case text
  case integer(ClosedRange<Int>)
  case seed
  case seedRange
  case hexadecimal
  case duration
  case size
  case choice([String])
  case runReference

  /// The only texts that will do, or nothing if that cannot be listed.
  var choices: [String] {
    if case .choice(let names) = self { names } else { [] }
  }

  /// The value that a text stands for.
  func parse(_ text: String) throws(MalformedText) -> ParsedValue {
    switch self {
    case .text:
      guard !text.isEmpty else { throw MalformedText("must not be empty") }
      return .text(text)
    case .integer(let range): return .integer(try Self.integer(text, in: range))
    case .seed: return .unsigned(try SeedText.parse(text))
    case .seedRange: return .seedRange(try SeedText.parseRange(text))
    case .hexadecimal: return .unsigned(try SeedText.parseHexadecimal(text))
    case .duration:
      let duration = try DurationText.parse(text)
      guard duration > .zero else { throw MalformedText("must be longer than zero") }
      return .duration(duration)
    case .size: return .integer(try Self.bytes(text))
    case .choice(let names):
      guard names.contains(text) else {
        throw MalformedText(
          "cannot be \"\(text)\"",
          hint: Suggestion.hint(for: text, among: names)
            ?? "one of \(names.joined(separator: ", "))")
      }
      return .text(text)
    case .runReference: return .runReference(try RunReference(text))
    }
  }

  /// A number of bytes, with a binary unit.
  private static func bytes(_ text: String) throws(MalformedText) -> Int {
    for (unit, shift) in [("KiB", 10), ("MiB", 20), ("GiB", 30)] where text.hasSuffix(unit) {
      guard let count = Int(text.dropLast(unit.count)), (1...1 << (40 - shift)).contains(count)
      else { break }
      return count << shift
    }
    throw MalformedText("must be a size such as 512MiB or 2GiB, not \"\(text)\"")
  }

  private static func integer(
    _ text: String, in range: ClosedRange<Int>
  ) throws(MalformedText) -> Int {
    guard let number = Int(text) else {
      throw MalformedText("must be a whole number, not \"\(text)\"")
    }
    guard range.contains(number) else {
      throw range.upperBound == .max
        ? MalformedText("must be at least \(range.lowerBound)")
        : MalformedText("must lie between \(range.lowerBound) and \(range.upperBound)")
    }
    return number
  }
}

/// The value of an argument once its text has been understood.
enum ParsedValue: Equatable, Sendable {
  case text(String)
  case integer(Int)
  case unsigned(UInt64)
  case seedRange(ClosedRange<UInt64>)
  case duration(Nanoseconds)
  case runReference(RunReference)
}
