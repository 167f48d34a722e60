/// The parts of an event in the vocabulary of Jepsen, whatever notation they were written in.
struct JepsenEvent {
  /// Where the event begins.
  let offset: Int
  private(set) var process: EDNValue?
  private(set) var type: EDNValue?
  private(set) var function: EDNValue?
  private(set) var value: EDNValue?
  private(set) var key: EDNValue?
  private(set) var time: EDNValue?

  /// Takes a map apart, or a tuple `[process type function value]` of the earliest histories.
  init(
    _ form: EDNValue, of source: SourceText, in notation: JepsenEvents.Notation
  ) throws(HistoryError) {
    offset = form.offset
    switch form.form {
    case .map(let entries):
      for (key, value) in entries {
        guard case .keyword(let name) = key.form else { continue }
        guard take(name, entry: value) else {
          throw source.error(
            at: key.offset, message: "this event has two \(notation.spelling(name))",
            fix: "keep one of them")
        }
      }
    case .list(let parts) where (3...4).contains(parts.count):
      (process, type, function) = (parts[0], parts[1], parts[2])
      value = parts.count == 4 ? parts[3] : nil
    default:
      throw source.error(
        at: offset, message: "an event is \(notation == .edn ? "a map" : "an object")",
        fix: notation == .edn
          ? "write {:process 0, :type :invoke, :f :read, :value nil}"
          : "write {\"process\": 0, \"type\": \"invoke\", \"f\": \"read\", \"value\": null}")
    }
  }

  /// Keeps an entry that matters, unless there is one already.
  private mutating func take(_ name: String, entry: EDNValue) -> Bool {
    switch name {
    case "process": Self.fill(&process, entry: entry)
    case "type": Self.fill(&type, entry: entry)
    case "f": Self.fill(&function, entry: entry)
    case "value": Self.fill(&value, entry: entry)
    case "key": Self.fill(&key, entry: entry)
    case "time": Self.fill(&time, entry: entry)
    default: true
    }
  }

  private static func fill(_ field: inout EDNValue?, entry: EDNValue) -> Bool {
    guard field == nil else { return false }
    field = entry
    return true
  }
}
