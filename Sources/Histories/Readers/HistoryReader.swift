/// Turns the content of a file into a history.
public enum HistoryReader {
  /// Reads a history in a format, by default the one it seems to be in.
  ///
  /// Errors carry line and column; time and memory are linear in the length of the text.
  public static func read(
    _ bytes: [UInt8], format: HistoryFormat? = nil, options: HistoryReadingOptions = .init()
  ) throws(HistoryError) -> History {
    try readFile(bytes, format: format, options: options).history
  }

  /// Reads a history from text.
  public static func read(
    _ text: String, format: HistoryFormat? = nil, options: HistoryReadingOptions = .init()
  ) throws(HistoryError) -> History {
    try read(Array(text.utf8), format: format, options: options)
  }

  /// Reads a history with what its file says beside the events.
  public static func readFile(
    _ bytes: [UInt8], format: HistoryFormat? = nil, options: HistoryReadingOptions = .init()
  ) throws(HistoryError) -> HistoryFile {
    try requireText(bytes)
    let format = format ?? .detect(bytes)
    return switch format {
    case .edn: HistoryFile(try JepsenHistoryReader.read(bytes, options: options), format: format)
    case .json: HistoryFile(try JepsenJSONReader.read(bytes, options: options), format: format)
    case .ndjson: try OrreryHistoryReader.read(bytes)
    case .porcupine: HistoryFile(try PorcupineEtcdReader.read(bytes), format: format)
    case .jsonl: HistoryFile(try PorcupineEventsReader.read(bytes), format: format)
    case .stateright: try StaterightReader.read(bytes)
    case .dbcop: HistoryFile(try DbcopReader.read(bytes), format: format, hasRealTimeOrder: false)
    }
  }

  /// Refuses what is no text at all, such as a compressed file.
  private static func requireText(_ bytes: [UInt8]) throws(HistoryError) {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      throw SourceText(bytes).error(
        at: error.byteOffsets.lowerBound, message: "this is not text in UTF-8",
        fix: "save the file as UTF-8; unpack it first if it is compressed")
    }
  }
}

/// A history with what its file says beside the events.
public struct HistoryFile: Sendable {
  /// The operations.
  public var history: History
  /// The format that the file was read in.
  public var format: HistoryFormat
  /// The name of the model that the file says its objects follow, such as `register?initial="A"`.
  public var suggestedModel: String?
  /// Whether the order of events is that of real time; if not, only sessions are ordered.
  ///
  /// Linearizability and every other condition about real time mean nothing without it.
  public var hasRealTimeOrder: Bool

  /// Creates the content of a file.
  public init(
    _ history: History, format: HistoryFormat, suggestedModel: String? = nil,
    hasRealTimeOrder: Bool = true
  ) {
    self.history = history
    self.format = format
    self.suggestedModel = suggestedModel
    self.hasRealTimeOrder = hasRealTimeOrder
  }
}

/// How to understand what events in the vocabulary of Jepsen (EDN and JSON) leave open.
public struct HistoryReadingOptions: Hashable, Sendable {
  /// What a value such as `[1 2]` is.
  public enum Keys: Hashable, Sendable {
    /// The value itself: a `cas` from 1 to 2.
    case whole
    /// The pair `[key value]` of Jepsen's independent tests: a 2 for the object 1.
    ///
    /// Nothing in a file tells the two apart, so that this is never guessed.
    case independent
  }

  /// What a completion is that nobody invoked.
  public enum LoneCompletions: Hashable, Sendable {
    /// An error.
    case refused
    /// An operation that began and ended at that instant, as in Elle's hand-written histories.
    case instantaneous
  }

  /// What a value such as `[1 2]` is.
  public var keys: Keys
  /// What a completion is that nobody invoked.
  public var loneCompletions: LoneCompletions

  /// Creates options.
  public init(keys: Keys = .whole, loneCompletions: LoneCompletions = .refused) {
    self.keys = keys
    self.loneCompletions = loneCompletions
  }
}
