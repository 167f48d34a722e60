import Determinism
import Histories

extension Audits {
  /// Sets that only grow.
  static var growingSets: [Audit] {
    [
      .semantic("set", runs: setRuns(finalReads: 1)) { SetTwin($0).finalRead },
      .semantic("set-full", runs: setRuns(finalReads: 2)) {
        SetTwin($0).everyRead(linearizable: false)
      },
      .semantic("set-full?linearizable=yes", runs: setRuns(finalReads: 2)) {
        SetTwin($0).everyRead(linearizable: true)
      },
    ]
  }

  private static func setRuns(finalReads: Int) -> ClientRuns<[Value]> {
    let values = (1...4).map { Value.integer($0) }
    return ClientRuns(
      state: [], spoiltPercent: 70,
      wrongPercent: finalReads == 1 ? 50 : 25,
      call: { _, random in
        random.chance(50)
          ? Call(function: "add", input: random.pick(values)) : Call(function: "read")
      },
      finale: Array(repeating: Call(function: "read"), count: finalReads),
      apply: { set, invocation in
        guard invocation.function == "add" else { return .list(set) }
        if !set.contains(invocation.input) { set.append(invocation.input) }
        return Value.none
      },
      spoil: { result, invocation, random in
        invocation.function == "add" ? result : .list(random.disturb(result.list, with: values))
      })
  }
}

/// Follows each element through each read.
private struct SetTwin {
  private let adds: [Operation]
  private let reads: [(operation: Operation, elements: [Value])]
  private let attempted: [Value]

  init(_ history: History) {
    adds = history.all("add").map(\.operation)
    reads = history.all("read").compactMap { _, operation in
      operation.returned.map { (operation, $0.list) }
    }
    let adds = adds
    attempted = (1...4).map { .integer($0) }.filter { value in
      adds.contains { $0.invocation.input == value }
    }
  }

  private func adds(of value: Value) -> [Operation] {
    adds.filter { $0.invocation.input == value }
  }

  /// Whether an element that a read returned had not even been tried to add.
  private func isUnexpected(_ value: Value, in read: Operation) -> Bool {
    adds(of: value).allSatisfy { $0.invokedAt > read.endedAt }
  }

  private func isRevived(_ value: Value, in read: Operation) -> Bool {
    let before = adds(of: value).filter { $0.invokedAt < read.endedAt }
    return !before.isEmpty && before.allSatisfy { $0.completion == .fail }
  }

  /// The rules of `set`.
  var finalRead: Expectation {
    let last = reads.filter { read in
      reads.allSatisfy { $0.operation.endedAt <= read.operation.endedAt }
    }
    guard let (read, elements) = last.first else {
      return Expectation(isWrong: false, isDoubtful: true)
    }
    let acknowledged = attempted.filter { value in adds(of: value).contains { $0.returned != nil } }
    let missing = acknowledged.filter { !elements.contains($0) }
    let lost = missing.filter { value in
      adds(of: value).contains { $0.returned != nil && $0.endedAt < read.invokedAt }
    }
    let distinct = (1...4).map { Value.integer($0) }.filter(elements.contains)
    let unexpected = distinct.filter { isUnexpected($0, in: read) }
    let revived = distinct.filter { isRevived($0, in: read) }
    let found = distinct.count - unexpected.count
    return Expectation(
      isWrong: lost.count + unexpected.count + revived.count > 0,
      isDoubtful: missing.count > lost.count,
      counts: [
        (["lost-count"], lost.count), (["unexpected-count"], unexpected.count),
        (["revived-count"], revived.count), (["ok-count"], found),
        (["attempt-count"], attempted.count), (["acknowledged-count"], acknowledged.count),
        (
          ["recovered-count"],
          distinct.count { !isUnexpected($0, in: read) && !acknowledged.contains($0) }
        ),
      ])
  }

  private enum Fate {
    case stable
    case stale
    case lost
    case neverRead
  }

  private func fate(of value: Value) -> Fate {
    let seeing = reads.filter {
      $0.elements.contains(value) && !isUnexpected(value, in: $0.operation)
    }.map(\.operation)
    let known =
      adds(of: value).filter { $0.returned != nil }.map(\.endedAt) + seeing.map(\.endedAt)
    guard let since = known.min() else { return .neverRead }
    let missing = reads.filter { !$0.elements.contains(value) }.map(\.operation)
      .filter { $0.invokedAt > since }
    if missing.isEmpty { return seeing.isEmpty ? .neverRead : .stable }
    let isLost = missing.contains { absence in
      seeing.allSatisfy { $0.invokedAt < absence.invokedAt }
    }
    return isLost ? .lost : .stale
  }

  /// The rules of `set-full`.
  func everyRead(linearizable: Bool) -> Expectation {
    let fates = attempted.map(fate)
    var (duplicated, unexpected, revived) = (0, 0, 0)
    for (operation, elements) in reads {
      for value in (1...4).map({ Value.integer($0) }) where elements.contains(value) {
        duplicated += elements.count { $0 == value } - 1
        if isUnexpected(value, in: operation) { unexpected += 1 }
        if isRevived(value, in: operation) { revived += 1 }
      }
    }
    let lost = fates.count { $0 == .lost }
    let stale = fates.count { $0 == .stale }
    let stable = fates.count { $0 == .stable } + stale
    return Expectation(
      isWrong: lost + duplicated + unexpected + revived > 0 || linearizable && stale > 0,
      isDoubtful: stable == 0,
      counts: [
        (["lost-count"], lost), (["stale-count"], stale), (["stable-count"], stable),
        (["never-read-count"], fates.count { $0 == .neverRead }),
        (["duplicated-count"], duplicated), (["unexpected-count"], unexpected),
        (["revived-count"], revived),
      ])
  }
}
