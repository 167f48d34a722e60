import Determinism
import Histories

extension Audits {
  /// Partitioned logs.
  static var logChecker: [Audit] {
    [
      .semantic("log", runs: Broker.runs) { history in
        let subscribes = history.operations.contains { $0.invocation.function == "subscribe" }
        return LogTwin(history).expectation(mayRebalance: subscribes, isolatesWrites: false)
      },
      .semantic("log?rebalancing=never&writes=isolated", runs: Broker.runs) {
        LogTwin($0).expectation(mayRebalance: false, isolatesWrites: true)
      },
    ]
  }
}

/// The rules for logs, word for word, over all pairs of whatever they speak of.
struct LogTwin {
  /// A message that an operation sent or polled.
  struct Item {
    let key: Value
    let value: Value
    let offset: Int64?
  }

  /// An operation that sends or polls, or that chooses keys.
  struct Step {
    let operation: Operation
    let sends: [Item]
    let polls: [Item]
    /// The keys that were polled, with or without an answer.
    let keys: [Value]

    var isOK: Bool { operation.returned != nil }
    var hasFailed: Bool { operation.completion == .fail }

    init(_ operation: Operation) {
      self.operation = operation
      let told = operation.returned ?? operation.partialResult
      let isChoice = ["assign", "subscribe"].contains(operation.invocation.function)
      let micros = (told == .none ? operation.invocation.input : told).list.map(\.list)
      sends =
        isChoice
        ? []
        : micros.filter { $0.count == 3 }.map { micro in
          let pair = micro[2].list
          return Item(
            key: micro[1], value: pair.isEmpty ? micro[2] : pair[1],
            offset: pair.isEmpty || pair[0] == .none ? nil : pair[0].number)
        }
      let answers = isChoice ? [] : micros.filter { $0.count == 2 }.flatMap { $0[1].list }
      keys = answers.map { $0.list[0] }
      polls = answers.flatMap { answer in
        answer.list[1].list.map { pair in
          Item(key: answer.list[0], value: pair.list[1], offset: pair.list[0].number)
        }
      }
    }
  }

  let steps: [Step]
  /// What was said to be where: by polls, and by sends that happened.
  private var claims: [(key: Value, offset: Int64, value: Value)] = []

  init(_ history: History) {
    steps = history.operations.map(Step.init)
    for step in steps {
      for item in step.polls + (hasHappened(step) ? step.sends : []) {
        if let offset = item.offset { claims.append((item.key, offset, item.value)) }
      }
    }
  }

  /// Whether a successful operation polled a message.
  func isPolled(_ item: Item) -> Bool {
    steps.contains { step in
      step.isOK && step.polls.contains { $0.key == item.key && $0.value == item.value }
    }
  }

  func hasHappened(_ step: Step) -> Bool {
    step.isOK || !step.hasFailed && step.sends.contains(where: isPolled)
  }

  /// Who sent a message.
  func writers(of item: Item) -> [Step] {
    steps.filter { $0.sends.contains { $0.key == item.key && $0.value == item.value } }
  }

  /// The offsets of a key at which something is, in order.
  func offsets(of key: Value) -> [Int64] {
    distinct(claims.filter { $0.key == key }.map(\.offset)).sorted()
  }

  /// The offsets at which a message is.
  func offsets(of item: Item) -> [Int64] {
    distinct(claims.filter { $0.key == item.key && $0.value == item.value }.map(\.offset)).sorted()
  }

  /// How many known offsets are before the message; nil if it is nowhere.
  func index(of item: Item) -> Int? {
    let places = offsets(of: item)
    let offset = places.first { $0 == item.offset } ?? places.last
    return offset.flatMap { offsets(of: item.key).firstIndex(of: $0) }
  }

  /// Every message that is somewhere, once.
  var located: [Item] {
    claims.indices.filter { place in
      !claims[..<place].contains {
        $0.key == claims[place].key && $0.value == claims[place].value
      }
    }.map { Item(key: claims[$0].key, value: claims[$0].value, offset: nil) }
  }

  /// The values at an offset, first told first.
  func values(at offset: Int64, of key: Value) -> [Value] {
    distinct(claims.filter { $0.key == key && $0.offset == offset }.map(\.value))
  }

  private func distinct<Element: Equatable>(_ elements: [Element]) -> [Element] {
    elements.indices.filter { !elements[..<$0].contains(elements[$0]) }.map { elements[$0] }
  }

  func expectation(mayRebalance: Bool, isolatesWrites: Bool) -> Expectation {
    let graph = LogTwinGraph(self)
    let (internalPolls, internalSends) = (
      within(\.polls) { _ in true }, within(\.sends) { !$0.hasFailed }
    )
    let polls = across(\.polls, looksAt: { _ in true }, advances: \.isOK)
    let sends = across(\.sends, looksAt: { !$0.hasFailed }, advances: { _ in true })
    let fatal: [(String, Int)] = [
      ("lost-write", lostWrites), ("inconsistent-offsets", contradictions),
      ("duplicate", located.count { offsets(of: $0).count > 1 }), ("G1a", abortedReads),
      ("unwritten", thinAir), ("precommitted-read", precommitted),
      ("int-poll-skip", internalPolls.skips), ("int-nonmonotonic-poll", internalPolls.steps),
      ("nonmonotonic-send", sends.steps), ("int-nonmonotonic-send", internalSends.steps),
    ]
    let rebalanced = [("poll-skip", polls.skips), ("nonmonotonic-poll", polls.steps)]
    let normal = [("G0", graph.writeCycles), ("int-send-skip", internalSends.skips)]
    let isWrong =
      fatal.contains { $0.1 > 0 } || !mayRebalance && rebalanced.contains { $0.1 > 0 }
      || graph.readCycles > 0 || isolatesWrites && graph.writeCycles + graph.mixedCycles > 0
    let hasSent = steps.contains { $0.isOK && !$0.sends.isEmpty }
    let isRead = steps.contains { $0.isOK && !$0.polls.isEmpty }
    let counts = (fatal + rebalanced + normal).map { (facts: ["\($0.0)-count"], count: $0.1) }
    return Expectation(
      isWrong: isWrong, isDoubtful: hasSent && !isRead,
      counts: counts + [
        (["G1c-count"], graph.readCycles + graph.mixedCycles), (["unseen-count"], unseen),
        (["worst-realtime-lag"], worstLag),
      ])
  }
}
