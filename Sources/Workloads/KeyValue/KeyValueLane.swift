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
    /// The number of the command in its session.
    var sequence: UInt64
    /// The attempt whose answer is awaited.
    var request: RequestID?
    /// Whom to ask.
    var server: NodeID
    /// How often an answer failed to come.
    var timeouts = 0
  }

  private let laneTotal: Int
  private var writeCount: Int64
  /// It in the history; not busy while a session is still being opened for its task.
  var client: SequentialClient

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
    self.laneTotal = laneTotal
    client = SequentialClient(place: number, of: laneTotal, incarnation: incarnation)
    // A life has fewer than a million operations, so no value comes twice.
    writeCount = Int64(incarnation) * 1_000_000
  }

  /// A value that nobody writes twice.
  mutating func freshValue() -> Int64 {
    writeCount += 1
    return writeCount * Int64(laneTotal) + Int64(client.place)
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

  /// Records that it asks for what it wants, in the vocabulary of histories.
  mutating func invoke<Message>(_ intent: Intent, _ effects: inout Effects<Message>) {
    switch intent {
    case .read(let query):
      client.invoke("read", key: .integer(Int64(query.key)), &effects)
    case .change(.write(let key, let value)):
      client.invoke("write", key: .integer(Int64(key)), input: .integer(value), &effects)
    case .change(.compareAndSet(let key, let expected, let new)):
      client.invoke(
        "cas", key: .integer(Int64(key)),
        input: .list([expected.map(Value.integer) ?? .none, .integer(new)]), &effects)
    }
  }
}
