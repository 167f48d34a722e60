import Determinism
import Histories

/// Random histories of a store whose replicas learn of writes late, out of order or not at all.
///
/// Clients go to any replica, overlap, crash and fail; some results are
/// spoilt. The looser the store, the fewer of its histories satisfy a consistency level.
struct RandomReplicas: Sendable {
  /// What the store holds under each key.
  enum Content: Sendable {
    /// The last value written: `write` and `read`.
    case register
    /// The last value written, in transactions that only write or only read: `txn`.
    case snapshots
    /// All values in order: `append` and `read`.
    case list
    /// All values in any order: `add` and `read`.
    case set
  }

  var content = Content.register
  var keys: [Value] = [.text("x"), .text("y")]
  var clients = 3
  var replicas = 2
  /// The largest number of operations; up to two fewer are made.
  var operations = 7
  /// The largest number of writes.
  var writes = 4
  /// How often, in a hundred times, a client writes.
  var writePercent = 50
  /// How many different values are written; by default every written value is new.
  var valueCount = Int64.max
  /// How often, in a hundred times, an operation crashes.
  var crashPercent = 8
  /// How often a result is replaced by another one.
  var spoiltPercent = 5
  /// How often, in a hundred steps, a replica learns of a write.
  var spreadPercent = 60
  /// How often a client goes to another replica.
  var hopPercent = 30
  /// How often each client reads every key in the end.
  var finalReads = 0
  /// How often, in a hundred times, a replica learns of each write before such a read.
  var settlePercent = 50
  /// Whether a replica learns of writes in the order in which they happened.
  var isInOrder = false
  /// Whether events have times; then some share an instant.
  var hasTimes = false

  /// The history of a seed.
  func make(seed: UInt64) -> History {
    var run = Run(self, random: SplitMix(seed: seed))
    return run.make()
  }
}

/// One history in the making.
private struct Run {
  private struct Open {
    let id: OperationID
    let client: Int
    var result: Value?
  }

  private let plan: RandomReplicas
  private var random: SplitMix
  private var history = History()
  private var open: [Open] = []
  /// The process and the replica of each client.
  private var processes: [Int64]
  private var homes: [Int]
  /// The writes in the order in which they happened, and which of them each replica knows.
  private var log: [[(key: Value, value: Value)]] = []
  private var known: [[Bool]]
  private var writeCount = 0
  private var lastValue: Int64 = 0
  private var now: UInt64 = 0

  init(_ plan: RandomReplicas, random: SplitMix) {
    self.plan = plan
    self.random = random
    processes = (0..<plan.clients).map { Int64($0) }
    homes = (0..<plan.clients).map { $0 % plan.replicas }
    known = Array(repeating: [], count: plan.replicas)
  }

  mutating func make() -> History {
    let total = plan.operations - random.below(3)
    while history.operations.count < total || !open.isEmpty {
      if plan.hasTimes { now += UInt64(random.below(3)) }
      if random.chance(plan.spreadPercent) { spread() }
      let idle = (0..<plan.clients).filter { client in open.allSatisfy { $0.client != client } }
      if history.operations.count < total, !idle.isEmpty, open.isEmpty || random.chance(50) {
        invoke(idle[random.below(idle.count)])
      } else {
        advance(random.below(open.count))
      }
    }
    for _ in 0..<plan.finalReads { readEverything() }
    return history
  }

  private mutating func readEverything() {
    for client in 0..<plan.clients where random.chance(90) {
      for key in plan.keys where random.chance(90) {
        for place in log.indices where random.chance(plan.settlePercent) {
          known[homes[client]][place] = true
        }
        if plan.hasTimes { now += UInt64(random.below(3)) }
        let call = Invocation(process: ProcessID(processes[client]), function: "read", key: key)
        let id = history.invoke(call, at: time)
        history.complete(id, .ok(see(key, home: homes[client])), at: time)
      }
    }
  }

  private var time: Instant? {
    plan.hasTimes ? Instant(nanosecondsSinceStart: now) : nil
  }

  private mutating func invoke(_ client: Int) {
    let isWrite = writeCount < plan.writes && random.chance(plan.writePercent)
    if isWrite { writeCount += 1 }
    let (function, key, input) = isWrite ? write() : read()
    let id = history.invoke(
      Invocation(
        process: ProcessID(processes[client]), function: function, key: key, input: input),
      at: time)
    if random.chance(plan.hopPercent) { homes[client] = random.below(plan.replicas) }
    open.append(Open(id: id, client: client))
  }

  private mutating func write() -> (function: String, key: Value, input: Value) {
    lastValue += 1
    let key = plan.keys[random.below(plan.keys.count)]
    switch plan.content {
    case .register: return ("write", key, .integer(lastValue % plan.valueCount))
    case .list: return ("append", key, .integer(lastValue))
    case .set: return ("add", key, .integer(lastValue))
    case .snapshots:
      var writes = [Value.list([.keyword("w"), key, .integer(lastValue)])]
      let other = plan.keys[random.below(plan.keys.count)]
      if other != key, random.chance(30) {
        lastValue += 1
        writes.append(.list([.keyword("w"), other, .integer(lastValue)]))
      }
      return ("txn", .none, .list(writes))
    }
  }

  private mutating func read() -> (function: String, key: Value, input: Value) {
    guard plan.content == .snapshots else {
      return ("read", plan.keys[random.below(plan.keys.count)], .none)
    }
    let first = random.below(plan.keys.count)
    let count = random.chance(70) ? min(2, plan.keys.count) : 1
    let keys = (0..<count).map { plan.keys[(first + $0) % plan.keys.count] }
    return ("txn", .none, .list(keys.map { .list([.keyword("r"), $0, .none]) }))
  }

  /// Lets an open operation take effect, complete or crash.
  private mutating func advance(_ place: Int) {
    if random.chance(plan.crashPercent) {
      let crashed = open.remove(at: place)
      if crashed.result == nil, random.chance(50) {
        history.complete(crashed.id, .fail, at: time)
      } else {
        if random.chance(70) { history.complete(crashed.id, .info, at: time) }
        processes[crashed.client] += Int64(plan.clients)
      }
    } else if let result = open[place].result {
      history.complete(open.remove(at: place).id, .ok(result), at: time)
    } else {
      open[place].result = takeEffect(open[place])
    }
  }

  private mutating func takeEffect(_ operation: Open) -> Value {
    let call = history.operations[operation.id.position].invocation
    let home = homes[operation.client]
    switch call.function {
    case "read": return see(call.key, home: home)
    case "txn":
      guard case .list(let parts) = call.input else { return .none }
      var writes: [(key: Value, value: Value)] = []
      let results = parts.map { part -> Value in
        guard case .list(let triple) = part else { return part }
        if triple[0] == .keyword("r") {
          return .list([triple[0], triple[1], see(triple[1], home: home)])
        }
        writes.append((triple[1], triple[2]))
        return part
      }
      if !writes.isEmpty { happen(writes, home: home) }
      return .list(results)
    default:
      happen([(call.key, call.input)], home: home)
      return call.input
    }
  }

  private mutating func happen(_ writes: [(key: Value, value: Value)], home: Int) {
    log.append(writes)
    for replica in known.indices { known[replica].append(false) }
    // A store in order has a leader, from which its replicas learn.
    known[plan.isInOrder ? 0 : home][log.count - 1] = true
  }

  private mutating func spread() {
    let replica = random.below(plan.replicas)
    let missing = known[replica].indices.filter { !known[replica][$0] }
    guard !missing.isEmpty else { return }
    known[replica][missing[plan.isInOrder ? 0 : random.below(missing.count)]] = true
  }

  /// What a replica holds under a key, or sometimes what another one might hold.
  private mutating func see(_ key: Value, home: Int) -> Value {
    let isSpoilt = random.chance(plan.spoiltPercent)
    var values: [Value] = []
    for (place, writes) in log.enumerated() where known[home][place] || isSpoilt {
      values += writes.filter { $0.key == key }.map(\.value)
    }
    if plan.content == .list || plan.content == .set {
      if isSpoilt, !values.isEmpty { values.remove(at: random.below(values.count)) }
      return .list(plan.content == .set && home == 0 ? values.reversed() : values)
    }
    return (isSpoilt ? ([.none] + values)[random.below(values.count + 1)] : values.last) ?? .none
  }
}
