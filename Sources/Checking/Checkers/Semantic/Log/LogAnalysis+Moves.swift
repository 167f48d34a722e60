import Histories

/// Whether consumers and producers go through each log in order.
extension LogAnalysis {
  /// Where a consumer or producer stood in a log.
  private struct Position {
    let place: Int
    let message: Int
    let id: OperationID
  }

  /// The places of items that are known, in order.
  private func positions(_ items: [LogItem], in id: OperationID) -> [(key: Int, Position)] {
    items.compactMap { item in
      order.place(of: item).map { (item.key, Position(place: $0, message: item.message, id: id)) }
    }
  }

  /// Compares two neighbouring positions in one log; nil if the second follows the first.
  private func compare(
    _ from: Position, to: Position, key: Int, skip: LogFinding.Kind?,
    nonmonotonic: LogFinding.Kind, isHarmless: Bool = false
  ) -> LogFinding? {
    let delta = to.place - from.place
    guard delta != 1, let kind = delta > 1 ? skip : nonmonotonic else { return nil }
    return LogFinding(
      kind: kind, key: key, operations: [from.id, to.id].distinct,
      messages: [from.message, to.message],
      slots: delta > 1 ? from.place + 1..<to.place : 0..<0, delta: delta,
      isHarmless: isHarmless || kind == .internalSendSkip)
  }

  /// Jumps within single operations.
  var movesWithin: [LogFinding] {
    var findings: [LogFinding] = []
    for transaction in history.transactions {
      findings += jumps(
        transaction.polls, id: transaction.id, skip: .internalPollSkip,
        nonmonotonic: .internalNonmonotonicPoll)
      guard transaction.outcome != .fail else { continue }
      findings += jumps(
        transaction.sends, id: transaction.id, skip: .internalSendSkip,
        nonmonotonic: .internalNonmonotonicSend)
    }
    return findings
  }

  private func jumps(
    _ items: [LogItem], id: OperationID, skip: LogFinding.Kind,
    nonmonotonic: LogFinding.Kind
  ) -> [LogFinding] {
    guard items.count > 1 else { return [] }
    var last: [Int: Position] = [:]
    var findings: [LogFinding] = []
    for (key, position) in positions(items, in: id) {
      if let before = last[key],
        let finding = compare(
          before, to: position, key: key, skip: skip, nonmonotonic: nonmonotonic)
      {
        findings.append(finding)
      }
      last[key] = position
    }
    return findings
  }

  /// Jumps from one poll of a consumer to its next.
  ///
  /// Only what was polled successfully moves a consumer forward: what failed or has an unknown
  /// outcome is polled again. Choosing other keys forgets the logs that are no longer among them.
  var pollMoves: [LogFinding] {
    moves(
      \.polls, skip: .pollSkip, nonmonotonic: .nonmonotonicPoll, isHarmless: mayRebalance,
      looksAt: { _ in true }, advances: { $0 == .ok })
  }

  /// Steps back from one send of a producer to its next.
  var sendMoves: [LogFinding] {
    moves(
      \.sends, skip: nil, nonmonotonic: .nonmonotonicSend, isHarmless: false,
      looksAt: { $0 != .fail }, advances: { _ in true })
  }

  private func moves(
    _ items: KeyPath<LogTransaction, [LogItem]>, skip: LogFinding.Kind?,
    nonmonotonic: LogFinding.Kind, isHarmless: Bool,
    looksAt: (LogTransaction.Outcome) -> Bool, advances: (LogTransaction.Outcome) -> Bool
  ) -> [LogFinding] {
    var findings: [LogFinding] = []
    var last: [ProcessID: [Int: Position]] = [:]
    for transaction in history.transactions {
      let process = transaction.process
      if let assigned = transaction.assigned {
        var kept: [Int: Position] = [:]
        for key in assigned { kept[key] = last[process]?[key] }
        last[process] = kept
      }
      guard looksAt(transaction.outcome), !transaction[keyPath: items].isEmpty else { continue }
      var isCompared: Set<Int> = []
      for (key, position) in positions(transaction[keyPath: items], in: transaction.id) {
        if isCompared.insert(key).inserted, let from = last[process]?[key],
          let finding = compare(
            from, to: position, key: key, skip: skip, nonmonotonic: nonmonotonic,
            isHarmless: isHarmless)
        {
          findings.append(finding)
        }
        if advances(transaction.outcome) { last[process, default: [:]][key] = position }
      }
    }
    return findings
  }
}
