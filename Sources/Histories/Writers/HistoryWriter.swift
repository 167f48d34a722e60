/// Writes histories down for other tools and for later.
public enum HistoryWriter {
  /// The formats that can be written.
  public enum Format: String, CaseIterable, Sendable {
    /// One map for each event, as Jepsen prints them; for Knossos, Elle and Porcupine.
    case edn
    /// An array of objects, one on each line; for elle-cli.
    case json
    /// Orrery's own: an event for each line of JSON, nothing lost.
    case ndjson

    /// What the format is for, in one line, for lists and help.
    public var summary: String {
      switch self {
      case .edn: "for Knossos, Elle and Porcupine: a map of EDN for each event"
      case .json: "for elle-cli: an array of JSON objects"
      case .ndjson: "for Orrery: an event for each line of JSON, nothing lost"
      }
    }
  }

  /// How EDN and JSON say which object an operation addresses.
  public enum Keys: Hashable, Sendable {
    /// In a field of its own, `:key`, as Porcupine's files do; Jepsen's checkers ignore it.
    case field
    /// In pairs `[key value]`, as Jepsen's independent tests do.
    case independent
  }

  /// The text of a history.
  ///
  /// EDN and JSON follow the conventions by which other tools read them, and lose a little:
  ///
  /// * A completion that returned nothing repeats the value of its invocation, and so does one
  ///   that failed or may have, unless it reported something.
  /// * A `cas` that completed with `false`, the value being another one, becomes a failed one.
  /// * After `info` a process goes on under a number that nothing else has.
  /// * JSON has no keywords; they become strings. In EDN only those do that EDN cannot spell.
  ///
  /// NDJSON keeps everything, and the name of a model for the next reader. Time and memory are
  /// linear in the length of the text.
  public static func write(
    _ history: History, format: Format, keys: Keys = .field, model: String? = nil
  ) -> String {
    let events = HistoryEvent.all(of: history, retiring: format != .ndjson)
    return switch format {
    case .edn: EDNWriter(keys: keys).text(of: events)
    case .json: JepsenJSONWriter(keys: keys).text(of: events)
    case .ndjson: OrreryHistoryWriter.text(of: events, model: model)
    }
  }
}

extension HistoryEvent {
  /// The type and the value of an event by the conventions of Jepsen.
  func inJepsen(_ keys: HistoryWriter.Keys) -> (type: String, value: Value) {
    let input = operation.invocation.input
    var (type, value) = (type, input)
    if isCompletion {
      let isMismatch =
        operation.invocation.function == "cas" && operation.completion == .ok(.boolean(false))
      if isMismatch {
        type = "fail"
      } else if case .ok(let result) = operation.completion {
        value = result == .none ? input : result
      } else if operation.partialResult != .none {
        value = operation.partialResult
      }
    }
    let isPair = keys == .independent && operation.invocation.key != .none
    return (type, isPair ? .list([operation.invocation.key, value]) : value)
  }
}
