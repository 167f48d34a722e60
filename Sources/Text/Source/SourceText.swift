/// The text of one file together with the name by which messages call it.
public struct SourceText: Equatable, Sendable {
  /// The name of the file as the user gave it.
  public let file: String

  /// The whole text, without a byte order mark.
  public let text: String

  /// Wraps text that is already known to be valid Unicode.
  public init(_ text: String, file: String) {
    let hasMark = text.unicodeScalars.first == "\u{FEFF}"
    self.text = hasMark ? String(text.unicodeScalars.dropFirst()) : text
    self.file = file
  }

  /// Decodes the bytes of a file; anything but UTF-8 is an error at the first bad byte.
  public init(bytes: [UInt8], file: String) throws(ScenarioError) {
    let firstBadByte: Int
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      self.init(String(decoding: bytes, as: UTF8.self), file: file)
      return
    } catch {
      firstBadByte = error.byteOffsets.lowerBound
    }
    let readable = SourceText(
      String(decoding: bytes[..<firstBadByte], as: UTF8.self), file: file)
    throw ScenarioError(
      in: readable, at: SourceSpan(start: readable.end, width: 1),
      "the file is not UTF-8 text from here on")
  }

  /// The position just after the last character.
  var end: SourcePosition {
    var scanner = JSON5Scanner(self)
    while scanner.current != nil { scanner.advance() }
    return scanner.position
  }

  /// The text of a line counted from one, without its line break; empty past the end.
  func line(_ number: Int) -> String {
    var current = 1
    var line = String.UnicodeScalarView()
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      let endsPair = scalar == "\n" && previous == "\r"
      previous = scalar
      if endsPair { continue }
      if scalar == "\n" || scalar == "\r" {
        if current == number { break }
        current += 1
      } else if current == number {
        line.append(scalar)
      }
    }
    return String(line)
  }
}
