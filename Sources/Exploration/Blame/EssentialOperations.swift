import Checking
import Determinism
public import Histories

/// The few operations of an invalid history on which the verdict rests.
///
/// An operation is *forgotten* by treating its outcome as unknown: it may have happened at any time
/// after it was asked, or never. That only permits more orders, so a history that stays impossible
/// did not need the answer.
public struct EssentialOperations: Hashable, Sendable {
  /// The operations in order of invocation; the impossible one is among them.
  public let operations: [OperationID]
  /// How many other operations there were that could have mattered.
  public let forgotten: Int
  /// Whether the verdict stands even if all others are forgotten at once.
  public let isSufficient: Bool
}

extension EssentialOperations {
  /// Finds the operations on which an explanation rests, with a bounded number of verdicts.
  ///
  /// `judge` explains why a part of the history is invalid, or returns nil if it is not.
  init(
    of history: History, _ explanation: Explanation, budget: Int = 300,
    judge: (History) throws(SpecificationError) -> Explanation?
  ) {
    var search = ForgettingSearch(history, explanation, budget)
    search.run(judge)
    operations = search.kept
    forgotten = search.candidates.count - operations.count
    isSufficient = search.isSufficient(judge)
  }
}

/// Forgets operations in chunks, the oldest first, until no single one can be.
private struct ForgettingSearch {
  typealias Judge = (History) throws(SpecificationError) -> Explanation?

  /// What a part of a history makes of an operation.
  private enum Fate {
    case kept
    case forgotten
    case leftOut
  }

  private let history: History
  private let culprit: OperationID
  private var budget: Int
  /// All operations that the explanation is about, in order of invocation.
  let candidates: [OperationID]
  private var fates: [Fate]

  init(_ history: History, _ explanation: Explanation, _ budget: Int) {
    self.history = history
    culprit = explanation.operation
    self.budget = budget
    candidates = history.operations.indices.map { OperationID($0) }.filter { id in
      let operation = history.operations[id.position]
      let isOnKey = explanation.key == nil || operation.invocation.key == explanation.key
      return isOnKey && operation.invokedAt < explanation.event && operation.completion != .fail
    }
    fates = candidates.map { _ in .kept }
  }

  var kept: [OperationID] {
    candidates.indices.filter { fates[$0] == .kept }.map { candidates[$0] }
  }

  /// Leaves out what has no arguments first: mere observers depend on others, not others on them.
  mutating func run(_ judge: Judge) {
    let isObserver = candidates.map { history.operations[$0.position].invocation.input == .none }
    minimise(judge) { isObserver[$0] }
    minimise(judge) { !isObserver[$0] }
    minimise(judge) { _ in true }
  }

  /// The budget is used up; what has been left out so far stays out.
  private struct Exhausted: Error {}

  private mutating func minimise(_ judge: Judge, _ isEligible: (Int) -> Bool) {
    let eligible = candidates.indices.filter {
      isEligible($0) && fates[$0] == .kept && candidates[$0] != culprit
    }
    _ = try? DeltaDebugging.shrink(
      eligible,
      leavingOut: { (chunk, _) throws(Exhausted) in
        guard budget > 0 else { throw Exhausted() }
        return isNeedless(chunk, judge)
      })
  }

  /// Whether a chunk can go: left out, it must not be missed; forgotten, it must not help.
  private mutating func isNeedless(_ chunk: ArraySlice<Int>, _ judge: Judge) -> Bool {
    let isNeedless = [Fate.leftOut, .forgotten].allSatisfy { fate in
      for place in chunk { fates[place] = fate }
      return isImpossible(judge)
    }
    for place in chunk { fates[place] = isNeedless ? .leftOut : .kept }
    return isNeedless
  }

  /// Whether the verdict stands if everything that was left out may have happened or not.
  mutating func isSufficient(_ judge: Judge) -> Bool {
    fates = fates.map { $0 == .kept ? .kept : .forgotten }
    return isImpossible(judge)
  }

  /// Whether the same operation is still the first impossible one.
  private mutating func isImpossible(_ judge: Judge) -> Bool {
    budget -= 1
    let chosen = candidates.indices.filter { fates[$0] != .leftOut }
    guard let explanation = try? judge(part(chosen)) else { return false }
    return candidates[chosen[explanation.operation.position]] == culprit
  }

  /// The chosen operations as a history of their own.
  private func part(_ chosen: [Int]) -> History {
    var events: [(at: Int, operation: Int, isEnd: Bool)] = []
    for (number, place) in chosen.enumerated() {
      let operation = history.operations[candidates[place].position]
      events.append((operation.invokedAt, number, false))
      let isKnown = operation.completion != .info && fates[place] == .kept
      if isKnown, let end = operation.completedAt { events.append((end, number, true)) }
    }
    var part = History()
    for event in events.sorted(by: { $0.at < $1.at }) {
      let operation = history.operations[candidates[chosen[event.operation]].position]
      if event.isEnd {
        part.complete(OperationID(event.operation), operation.completion)
      } else {
        _ = part.invoke(operation.invocation)
      }
    }
    return part
  }
}
