import Determinism
import Histories

/// Logs of two keys as a broker keeps them, and the places of its consumers.
struct Broker: Sendable {
  /// The offset and the value of each message, by key.
  var logs: [[(offset: Int64, value: Value)]] = [[], []]
  /// The next message for each consumer, by key; nil if it does not look at the key.
  var consumers: [(process: ProcessID, next: [Int?])] = []
  var sent: Int64 = 0
  var appended = 0

  static let keys = [Value.keyword("x"), .keyword("y")]

  /// Histories of producers and consumers of the broker.
  static var runs: ClientRuns<Broker> {
    ClientRuns(
      state: Broker(), operations: 9, crashPercent: 20, spoiltPercent: 60, wrongPercent: 25,
      call: { broker, random in broker.call(&random) },
      apply: { broker, invocation in broker.apply(invocation) },
      spoil: { result, invocation, random in spoil(result, invocation: invocation, &random) })
  }

  private mutating func call(_ random: inout SplitMix) -> Call {
    let kind = random.pick(["send", "send", "poll", "poll", "txn", "txn", "assign"])
    if kind == "assign" {
      let chosen = random.pick([[0], [1], [0, 1], [0, 1]]).map { Self.keys[$0] }
      return Call(function: random.chance(15) ? "subscribe" : "assign", input: .list(chosen))
    }
    let micros = (0...random.below(2)).map { _ -> Value in
      guard kind == "send" || kind == "txn" && random.chance(60) else {
        return .list([.keyword("poll")])
      }
      sent += 1
      return .list([.keyword("send"), random.pick(Self.keys), .integer(sent)])
    }
    return Call(function: kind, input: .list(micros))
  }

  private mutating func apply(_ invocation: Invocation) -> Value? {
    let consumer = consumer(of: invocation.process)
    guard invocation.function != "assign", invocation.function != "subscribe" else {
      for place in Self.keys.indices {
        let isChosen = invocation.input.list.contains(Self.keys[place])
        consumers[consumer].next[place] =
          isChosen ? consumers[consumer].next[place] ?? 0 : nil
      }
      return invocation.input
    }
    // What a transaction sends is there for others only when all of it is.
    let micros = invocation.input.list.map(\.list)
    let polled = micros.map { $0.count == 1 ? poll(consumer) : .none }
    return .list(
      micros.indices.map { place in
        guard micros[place].count == 3 else { return .list([micros[place][0], polled[place]]) }
        let offset = append(micros[place][2], to: micros[place][1])
        return .list([
          micros[place][0], micros[place][1], .list([.integer(offset), micros[place][2]]),
        ])
      })
  }

  private mutating func consumer(of process: ProcessID) -> Int {
    if let place = consumers.firstIndex(where: { $0.process == process }) { return place }
    consumers.append((process, [0, 0]))
    return consumers.count - 1
  }

  /// Puts a message into a log; every fifth one leaves a gap before it.
  private mutating func append(_ value: Value, to key: Value) -> Int64 {
    let place = key == Self.keys[0] ? 0 : 1
    appended += 1
    let offset = (logs[place].last?.offset ?? -1) + (appended % 5 == 0 ? 2 : 1)
    logs[place].append((offset, value))
    return offset
  }

  /// The next messages, at most two of each log.
  private mutating func poll(_ consumer: Int) -> Value {
    var answer: [Value] = []
    for place in Self.keys.indices {
      guard let next = consumers[consumer].next[place] else { continue }
      let messages = logs[place].dropFirst(next).prefix(2)
      consumers[consumer].next[place] = next + messages.count
      let pairs = messages.map { Value.list([.integer($0.offset), $0.value]) }
      answer.append(.list([Self.keys[place], .list(pairs)]))
    }
    return .list(answer)
  }

  /// Moves, drops, repeats or exchanges a message in what was polled or sent.
  private static func spoil(
    _ result: Value, invocation: Invocation, _ random: inout SplitMix
  ) -> Value {
    guard !["assign", "subscribe"].contains(invocation.function) else { return result }
    var micros = result.list.map(\.list)
    let place = random.below(micros.count)
    let stranger = Value.list([
      .integer(Int64(random.below(4))), .integer(Int64(1 + random.below(5))),
    ])
    if micros[place].count == 3 {
      let offset: Value = random.chance(40) ? .none : .integer(Int64(random.below(4)))
      micros[place][2] = .list([offset, micros[place][2].list[1]])
    } else {
      var entries = micros[place][1].list.map(\.list)
      guard !entries.isEmpty else { return result }
      let entry = random.below(entries.count)
      entries[entry][1] = .list(random.disturb(entries[entry][1].list, with: [stranger]))
      micros[place][1] = .list(entries.map { .list($0) })
    }
    return .list(micros.map { .list($0) })
  }
}
