import Determinism
import Histories

/// How far consumers are behind producers.
struct LogLag {
  private let history: LogHistory
  private let order: LogOrder

  init(_ analysis: LogAnalysis) {
    history = analysis.history
    order = analysis.order
  }

  /// The messages that were acknowledged but never polled successfully, counted by key.
  var unseen: [(key: Value, count: Int)] {
    var counts = Array(repeating: 0, count: history.keys.elements.count)
    for (message, writer) in order.writer.enumerated() {
      guard let writer, history.transactions[writer].outcome == .ok, !order.isPolled[message]
      else { continue }
      counts[history.messages.elements[message].key] += 1
    }
    return zip(history.keys.elements, counts).filter { $1 > 0 }.map { ($0, $1) }
  }

  /// How long a consumer had been behind, at least, when it began to poll.
  struct Lag {
    let nanoseconds: Int64
    let process: ProcessID
    let key: Value
    /// When the poll was invoked.
    let at: Instant
  }

  /// The offsets that were known to exist in the log of one key, and since when.
  private struct Extent {
    /// Ascending in both: from `time` on, the log reached at least up to `offset`.
    var marks: [(offset: Int64, time: Instant)] = []

    /// When it became known that there is something at an offset or beyond it.
    func time(beyond offset: Int64) -> Instant? {
      let place = marks.partitioningIndex { $0.offset > offset }
      return place < marks.count ? marks[place].time : nil
    }
  }

  /// The longest lag of all polls; nil if the history has no times, or nobody polls.
  ///
  /// The lag of a key in a poll is the time since a message behind the last one that the consumer
  /// has seen was known to exist. A consumer that is assigned a key anew begins at its start.
  func worst() -> Lag? {
    let transactions = history.transactions
    guard transactions.allSatisfy({ $0.invocationTime != nil }) else { return nil }
    let ended = transactions.indices.filter { transactions[$0].end != .max }
    let byEnd = ended.sorted { transactions[$0].end < transactions[$1].end }
    let extents = extents(byEnd)
    var positions: [ProcessID: [(key: Int, offset: Int64)]] = [:]
    var worst: Lag?
    for transaction in byEnd.lazy.map({ transactions[$0] }) where transaction.outcome == .ok {
      var position = positions[transaction.process, default: []]
      if let assigned = transaction.assigned {
        let before = transaction.isSubscription ? [] : position
        let keys = transaction.isSubscription ? [] : assigned
        position = keys.map { key in (key, before.first { $0.key == key }?.offset ?? -1) }
      } else if !transaction.isSend {
        Self.advance(&position, by: transaction)
        for (key, offset) in position {
          guard let begun = transaction.invocationTime,
            let since = extents[key].time(beyond: offset)
          else { continue }
          let lag = max(0, (begun - since).count)
          if lag > worst?.nanoseconds ?? 0 {
            worst = Lag(
              nanoseconds: lag, process: transaction.process, key: history.keys.elements[key],
              at: begun)
          }
        }
      }
      positions[transaction.process] = position
    }
    return worst
  }

  private func extents(_ byEnd: [Int]) -> [Extent] {
    var extents = Array(repeating: Extent(), count: history.keys.elements.count)
    for transaction in byEnd.lazy.map({ history.transactions[$0] })
    where transaction.outcome != .fail {
      guard let time = transaction.completionTime else { continue }
      for item in transaction.sends + transaction.polls {
        guard let offset = item.offset, offset > extents[item.key].marks.last?.offset ?? -1 else {
          continue
        }
        extents[item.key].marks.append((offset, time))
      }
    }
    return extents
  }

  /// Moves a consumer behind everything that it polled or sent.
  private static func advance(
    _ position: inout [(key: Int, offset: Int64)], by transaction: LogTransaction
  ) {
    func move(_ key: Int, to offset: Int64) {
      if let place = position.firstIndex(where: { $0.key == key }) {
        position[place].offset = max(position[place].offset, offset)
      } else {
        position.append((key, offset))
      }
    }
    for key in transaction.polledKeys { move(key, to: -1) }
    for item in transaction.polls + transaction.sends {
      if let offset = item.offset { move(item.key, to: offset) }
    }
  }
}
