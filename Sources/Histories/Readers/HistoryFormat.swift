/// The ways of writing a history down that can be read.
public enum HistoryFormat: String, CaseIterable, Sendable {
  /// Maps of EDN as Jepsen, Knossos and Elle write them, and Porcupine's `kv` files.
  case edn
  /// The same events as objects of JSON, as elle-cli reads them.
  case json
  /// Orrery's own: one event for each line of JSON, below a line that says so.
  case ndjson
  /// The log of Jepsen's etcd tests that Porcupine and others use as test data.
  case porcupine
  /// Porcupine's operations as lines of JSON: calls and returns, or intervals.
  case jsonl
  /// Invocations and returns of Stateright's testers, in the notation of Rust.
  case stateright
  /// Sessions of transactions as dbcop writes them, without times.
  case dbcop

  /// What the format is, in one line, for lists and help.
  public var summary: String {
    switch self {
    case .edn: "Jepsen, Knossos, Elle: a map of EDN for each event"
    case .json: "elle-cli: the events of Jepsen as JSON, in an array or line by line"
    case .ndjson: "Orrery: an event for each line of JSON, nothing lost"
    case .porcupine: "the log of Jepsen's etcd tests: INFO jepsen.util - 0 :invoke :read nil"
    case .jsonl: "Porcupine: calls and returns, or intervals, as lines of JSON"
    case .stateright: "Stateright: operations such as Write('B') as lines of JSON"
    case .dbcop: "dbcop: sessions of transactions such as [x:=1 y==2]"
    }
  }
}
