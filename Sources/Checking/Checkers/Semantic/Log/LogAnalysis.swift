import Histories

/// Finds what is wrong with the logs of a history.
struct LogAnalysis {
  let history: LogHistory
  let order: LogOrder
  /// Whether transactions promise not to interleave their writes.
  let isolatesWrites: Bool
  /// Whether consumers may be given other keys between two polls.
  let mayRebalance: Bool

  init(_ history: LogHistory, isolatesWrites: Bool = false, mayRebalance: Bool = false) {
    self.history = history
    order = LogOrder(history)
    self.isolatesWrites = isolatesWrites
    self.mayRebalance = mayRebalance
  }

  /// Everything that is wrong.
  var findings: [LogFinding] {
    lostWrites + contradictions + duplicates + reads + movesWithin + pollMoves + sendMoves + cycles
  }

  /// Messages that should have been polled, because a later one was.
  private var lostWrites: [LogFinding] {
    // For each key the furthest first place of a message that an operation polled successfully.
    var furthest: [(place: Int, reader: OperationID)?] = Array(
      repeating: nil, count: history.keys.elements.count)
    for transaction in history.transactions where transaction.outcome == .ok {
      for item in transaction.polls {
        guard let place = order.places[item.message].first?.slot else { continue }
        if furthest[item.key].map({ $0.place < place }) ?? true {
          furthest[item.key] = (place, transaction.id)
        }
      }
    }
    var findings: [LogFinding] = []
    for (place, slot) in order.slots.enumerated() {
      guard let bound = furthest[slot.key], place <= bound.place else { continue }
      for (message, _) in slot.claims where !order.isPolled[message] {
        guard order.places[message].last?.slot == place, let writer = order.writer[message],
          order.hasCommitted[writer]
        else { continue }
        let first = order.places[message][0].slot
        findings.append(
          LogFinding(
            kind: .lostWrite, key: slot.key,
            operations: [history.transactions[writer].id, bound.reader], messages: [message],
            slots: first..<first + 1))
      }
    }
    return findings
  }

  /// Offsets at which there is more than one message.
  private var contradictions: [LogFinding] {
    order.slots.enumerated().filter { $1.claims.count > 1 }.map { place, slot in
      LogFinding(
        kind: .inconsistentOffsets, key: slot.key,
        operations: operations(slot.claims.prefix(2).map(\.teller)),
        messages: slot.claims.map(\.message), slots: place..<place + 1)
    }
  }

  /// Messages at more than one offset.
  private var duplicates: [LogFinding] {
    order.places.indices.filter { order.places[$0].count > 1 }.map { message in
      LogFinding(
        kind: .duplicate, key: history.messages.elements[message].key,
        operations: operations(order.places[message].prefix(2).map(\.teller)),
        messages: [message])
    }
  }

  /// The operations of some transactions, each once and in order.
  private func operations(_ transactions: [Int]) -> [OperationID] {
    transactions.map { history.transactions[$0].id }.distinct
  }

  /// Polls of what never came to be.
  private var reads: [LogFinding] {
    var findings: [LogFinding] = []
    for transaction in history.transactions {
      let own = transaction.sends.isEmpty ? [] : Set(transaction.sends.map(\.message))
      if let item = transaction.polls.first(where: { own.contains($0.message) }) {
        findings.append(
          LogFinding(
            kind: .precommittedRead, key: item.key, operations: [transaction.id],
            messages: [item.message]))
      }
      for item in transaction.polls where order.writer[item.message] == nil {
        let writer = order.failedWriter[item.message].map { history.transactions[$0].id }
        guard transaction.outcome == .ok || writer == nil else { continue }
        findings.append(
          LogFinding(
            kind: writer == nil ? .unwritten : .abortedRead, key: item.key,
            operations: [writer, transaction.id].compactMap(\.self).sorted(),
            messages: [item.message]))
      }
    }
    return findings
  }
}
