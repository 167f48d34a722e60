import Determinism

/// A mistake in a trace file, with its line and the way out.
public struct TraceError: Error, Hashable, Sendable {
  /// The name of the file as the user gave it.
  public let file: String
  /// The line, counted from one.
  public let line: Int
  /// What is wrong.
  public let message: String
  /// What would most likely put it right.
  public let fix: String

  /// The error in the form that compilers use, ending in a line break.
  public func render() -> String {
    "\(file):\(line):1: error: \(message)\n  \(fix)\n"
  }
}

extension GoldenTrace {
  /// Reads a trace file; whatever is missing, changed or of another version throws.
  public init(_ text: String, file: String) throws(TraceError) {
    var reader = LineReader(text, file: file)
    let version = try reader.field("orrery-trace")
    guard version == String(Self.version) else {
      throw reader.failure(
        "version \"\(version)\" of the trace format is not known",
        fix:
          "this program reads version \(Self.version): delete the file and record the run again, or"
          + " use the program that wrote it")
    }
    let scenario = try reader.field("scenario")
    let seed = try reader.number("seed", hasPrefix: true, radix: 16)
    guard let events = Int(exactly: try reader.number("events", radix: 10)) else {
      throw reader.isTruncated
    }
    let digest = try reader.number("digest", radix: 16)
    var fingerprints: [UInt8] = []
    while fingerprints.count < events {
      fingerprints += try reader.bytes(expected: events - fingerprints.count)
    }
    try reader.end()
    self.init(
      scenario: scenario, seed: seed, digest: Digest(resuming: digest), fingerprints: fingerprints)
  }
}

/// Reads the lines of a trace file one by one.
private struct LineReader {
  private let lines: [Substring]
  private let file: String
  private var next = 0

  init(_ text: String, file: String) {
    lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    self.file = file
  }

  func failure(_ message: String, fix: String) -> TraceError {
    TraceError(file: file, line: max(1, next), message: message, fix: fix)
  }

  var isTruncated: TraceError {
    failure(
      "the file ends too early",
      fix: "it was cut off: restore it, or delete it and record the run again")
  }

  private mutating func line() throws(TraceError) -> Substring {
    next += 1
    guard next <= lines.count, !lines[next - 1].isEmpty || next < lines.count else {
      throw isTruncated
    }
    return lines[next - 1]
  }

  mutating func field(_ name: String) throws(TraceError) -> String {
    let line = try line()
    guard line.hasPrefix(name + " ") else {
      throw failure(
        "expected a line that begins with \"\(name)\"",
        fix:
          "this is not a trace file, or it was damaged: restore it, or delete it and record again")
    }
    return String(line.dropFirst(name.count + 1))
  }

  mutating func number(
    _ name: String, hasPrefix: Bool = false, radix: Int
  ) throws(TraceError) -> UInt64 {
    let text = try field(name)
    let digits = hasPrefix && text.hasPrefix("0x") ? text.dropFirst(2) : text[...]
    guard let number = UInt64(digits, radix: radix) else {
      throw failure(
        "\"\(text)\" is not a number",
        fix: "restore the file, or delete it and record the run again")
    }
    return number
  }

  mutating func bytes(expected: Int) throws(TraceError) -> [UInt8] {
    let line = try line()
    guard line != "end" else { throw isTruncated }
    let digits = line.utf8.map { UInt8($0) }
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: digits.count - 1, by: 2) {
      let pair = String(decoding: digits[start...start + 1], as: UTF8.self)
      if let byte = UInt8(pair, radix: 16) { bytes.append(byte) }
    }
    guard bytes.count * 2 == digits.count, bytes.count <= expected else {
      throw failure(
        "expected hexadecimal digits in pairs",
        fix: "restore the file, or delete it and record the run again")
    }
    return bytes
  }

  mutating func end() throws(TraceError) {
    guard try line() == "end" else {
      throw failure(
        "expected \"end\"",
        fix: "it holds more events than it says: restore it, or delete it and record again")
    }
  }
}
