/// Reads the log of Jepsen's early etcd tests: `INFO  jepsen.util - 0 :invoke :write 3`.
///
/// Lines without `jepsen.util - ` are other log output and passed over. In these logs a failed `cas`
/// is an answer, "the value was another one", which is recorded as a completion with `false`; a
/// failed read or write did not happen.
struct PorcupineEtcdReader {
  /// What stands before the event on a line.
  static let marker = Array("jepsen.util - ".utf8)

  private var reader: EDNReader
  private var builder = HistoryBuilder()

  private init(_ bytes: [UInt8]) {
    reader = EDNReader(bytes)
  }

  static func read(_ bytes: [UInt8]) throws(HistoryError) -> History {
    var log = PorcupineEtcdReader(bytes)
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      if let place = bytes[start..<end].firstIndex(of: marker) {
        try log.addLine(place + marker.count..<end)
      }
      start = end + 1
    }
    return log.builder.history
  }

  /// Reads the four words of one line: process, type, function and value.
  private mutating func addLine(_ line: Range<Int>) throws(HistoryError) {
    reader.source.offset = line.lowerBound
    let processForm = try form(line, what: "a process")
    if case .keyword = processForm.form { return }
    guard case .integer(let number) = processForm.form else {
      throw reader.source.error(
        at: processForm.offset, message: "a process is a number or a keyword", fix: "write 0")
    }
    let process = ProcessID(number)
    let type = try form(line, what: "a type")
    let functionForm = try form(line, what: "a function")
    guard case .keyword(let function) = functionForm.form else {
      throw reader.source.error(
        at: functionForm.offset, message: "a function is a keyword",
        fix: "write :read, :write or :cas")
    }
    let value = try form(line, what: "a value").value(in: reader.source)
    let completion: Completion
    switch type.form {
    case .keyword("invoke"):
      return try builder.invoke(
        Invocation(process: process, function: function, input: value),
        at: processForm.offset, of: reader.source)
    case .keyword("ok"): completion = .ok(value)
    case .keyword("fail"):
      let isAnswer = function == "cas" && value != .keyword("timed-out")
      completion = isAnswer ? .ok(.boolean(false)) : .fail
    case .keyword("info"): completion = .info
    default:
      throw reader.source.error(
        at: type.offset, message: "unknown type", fix: "use :invoke, :ok, :fail or :info")
    }
    try builder.complete(
      process, function: function, completion, at: functionForm.offset, of: reader.source)
  }

  private mutating func form(_ line: Range<Int>, what: String) throws(HistoryError) -> EDNValue {
    let place = try reader.nextOffset()
    if place < line.upperBound, let form = try reader.next() { return form }
    throw reader.source.error(
      at: line.upperBound, message: "\(what) is missing at the end of this line",
      fix: "write process, type, function and value")
  }
}

extension ArraySlice<UInt8> {
  /// Where a sequence of bytes begins within the slice, if it occurs.
  func firstIndex(of pattern: [UInt8]) -> Int? {
    guard let first = pattern.first, count >= pattern.count else { return nil }
    return (startIndex...(endIndex - pattern.count)).first {
      self[$0] == first && self[$0...].starts(with: pattern)
    }
  }
}
