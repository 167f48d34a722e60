/// Reads the history of a Jepsen test: EDN with one map for each event, in a vector or loose.
struct JepsenHistoryReader {
  private var reader: EDNReader
  private var events: JepsenEvents

  static func read(
    _ bytes: [UInt8], options: HistoryReadingOptions
  ) throws(HistoryError) -> History {
    let reader = EDNReader(bytes)
    var history = JepsenHistoryReader(
      reader: reader, events: JepsenEvents(of: reader.source, in: .edn, options: options))
    try history.readAll()
    return history.events.history
  }

  private mutating func readAll() throws(HistoryError) {
    let start = try reader.nextOffset()
    if try reader.skipOpening(UInt8(ascii: "[")) {
      try readEvents()
      try reader.close(UInt8(ascii: "]"), openedAt: start)
    } else if try reader.skipOpening(UInt8(ascii: "(")) {
      try readEvents()
      try reader.close(UInt8(ascii: ")"), openedAt: start)
    }
    try readEvents()
    let end = try reader.nextOffset()
    guard end == reader.source.bytes.count else {
      throw reader.source.error(
        at: end, message: "this bracket closes nothing", fix: "remove it, or add the opening one")
    }
  }

  private mutating func readEvents() throws(HistoryError) {
    while let form = try reader.next() { try events.add(form) }
  }
}

extension EDNReader {
  /// Passes the bracket of a collection of events; that of a loose tuple `[0 :invoke …]` stays.
  fileprivate mutating func skipOpening(_ bracket: UInt8) throws(HistoryError) -> Bool {
    var ahead = self
    guard ahead.skip(bracket) else { return false }
    _ = try ahead.nextOffset()
    if ahead.source.next?.isDigit == true { return false }
    self = ahead
    return true
  }
}
