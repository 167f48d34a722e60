/// The ways of writing a history down that can be read.
public enum HistoryFormat: String, CaseIterable, Sendable {
  /// Maps of EDN as Jepsen and Knossos write them, with an optional `:key` (Porcupine's `kv` files).
  case edn
  /// The log of Jepsen's etcd tests that Porcupine and others use as test data.
  case porcupine
  /// Porcupine's operations as lines of JSON: calls and returns, or intervals.
  case jsonl

  /// The format that a text seems to be in; a text that fits none is taken for EDN.
  public static func detect(_ bytes: [UInt8]) -> HistoryFormat {
    var isFirstLine = true
    for line in bytes.lazy.split(separator: UInt8(ascii: "\n")) {
      let text = line.drop { $0.isSpace }
      guard let first = text.first else { continue }
      if isFirstLine && first == UInt8(ascii: "{") {
        return text.dropFirst().first { !$0.isSpace } == UInt8(ascii: "\"") ? .jsonl : .edn
      }
      if first == UInt8(ascii: "[") || first == UInt8(ascii: "(") || first == UInt8(ascii: ";")
        || first == UInt8(ascii: "#")
      {
        return .edn
      }
      if String(decoding: line, as: UTF8.self).contains(PorcupineEtcdReader.marker) {
        return .porcupine
      }
      isFirstLine = false
    }
    return .edn
  }
}

/// Turns the content of a file into a history.
public enum HistoryReader {
  /// Reads a history in a format, by default the one it seems to be in.
  public static func read(
    _ bytes: [UInt8], format: HistoryFormat? = nil
  ) throws(HistoryError) -> History {
    switch format ?? .detect(bytes) {
    case .edn: try JepsenHistoryReader.read(bytes)
    case .porcupine: try PorcupineEtcdReader.read(bytes)
    case .jsonl: try PorcupineEventsReader.read(bytes)
    }
  }

  /// Reads a history from text.
  public static func read(
    _ text: String, format: HistoryFormat? = nil
  ) throws(HistoryError) -> History {
    try read(Array(text.utf8), format: format)
  }
}
