import Determinism
import Histories
import ProtocolKit

/// One sequential user of a store: what it knows and what it is doing.
struct KeyValueLane: Sendable {
  /// Something it wants from the store.
  enum Intent: Hashable, Sendable {
    case read(KeyValueStore.Query)
    case change(KeyValueStore.Command)
  }

  /// A intent on its way.
  struct Task: Sendable {
    let intent: Intent
    /// The operation in the history; nil while a session is still being opened for it.
    var operation: OperationID?
    /// The number of the command in its session.
    var sequence: UInt64
    /// The attempt whose answer is awaited.
    var request: RequestID?
    /// Whom to ask.
    var server: NodeID
    /// How often an answer failed to come.
    var timeouts = 0
  }

  private let number: Int
  private let laneTotal: Int
  private var generation: Int
  private var writeCount: Int64

  /// How many operations it has begun.
  var begun = 0
  /// What it is doing.
  var task: Task?
  /// Its session with the service.
  var session: SessionID?
  /// The number of its last command in that session.
  var sequence: UInt64 = 0
  /// The server that last proved useful.
  var favourite: NodeID?
  /// What it last saw under each key.
  var lastSeen = SortedMap<UInt64, Int64>()

  init(number: Int, laneTotal: Int, incarnation: Int) {
    self.number = number
    self.laneTotal = laneTotal
    // A life has fewer than a million operations, so no process or value comes twice.
    generation = incarnation * 1_000_000
    writeCount = Int64(incarnation) * 1_000_000
  }

  /// The process that histories name; another one after each unknown outcome.
  var process: ProcessID { ProcessID(Int64(number + laneTotal * generation)) }

  /// The place among all lanes of all clients.
  var place: Int { number }

  /// Retires the process, because the fate of its last operation is unknown.
  mutating func retireProcess() {
    generation += 1
  }

  /// A value that nobody writes twice.
  mutating func freshValue() -> Int64 {
    writeCount += 1
    return writeCount * Int64(laneTotal) + Int64(number)
  }

  /// Draws what to do next.
  mutating func nextIntent(_ workload: KeyValueWorkload, _ draw: Draw) -> Intent {
    let key = draw.purpose(1).below(workload.keys)
    switch draw.purpose(2).weighted(workload.weights) {
    case 1: return .change(.write(key: key, value: freshValue()))
    case 2:
      return .change(.compareAndSet(key: key, expected: lastSeen[key], new: freshValue()))
    default: return .read(KeyValueStore.Query(key: key))
    }
  }

  /// The intent in the vocabulary of histories.
  func invocation(of intent: Intent) -> Invocation {
    switch intent {
    case .read(let query):
      Invocation(process: process, function: "read", key: .integer(Int64(query.key)))
    case .change(.write(let key, let value)):
      Invocation(
        process: process, function: "write", key: .integer(Int64(key)), input: .integer(value))
    case .change(.compareAndSet(let key, let expected, let new)):
      Invocation(
        process: process, function: "cas", key: .integer(Int64(key)),
        input: .list([expected.map(Value.integer) ?? .none, .integer(new)]))
    }
  }
}
