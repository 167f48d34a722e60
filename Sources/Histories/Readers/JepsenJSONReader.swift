/// Reads the events of a Jepsen test as elle-cli has them: objects in an array or line by line.
///
/// JSON has no keywords: names of types, functions and micro-operations are strings, with or
/// without a colon in front; other strings stay strings. The keys of objects within values are
/// integers where they look like integers, else keywords.
enum JepsenJSONReader {
  static func read(
    _ bytes: [UInt8], options: HistoryReadingOptions
  ) throws(HistoryError) -> History {
    var reader = JSONReader(bytes)
    var events = JepsenEvents(of: reader.source, in: .json, options: options)
    while let event = try reader.nextElement() { try events.add(event) }
    return events.history
  }
}
