import Determinism
import Histories

extension Audits {
  /// Counters and generators of identifiers.
  static var counterChecker: [Audit] {
    [
      .semantic("counter", runs: counterRuns) { history in
        let wrong = CounterTwin(history).readsOutOfBounds
        return Expectation(isWrong: wrong > 0, counts: [(["out-of-bounds-count"], wrong)])
      },
      .semantic("counter?exact=yes", runs: counterRuns) { history in
        let twin = BruteForceLinearizability(
          specification: PlainCounter(), outputs: { $0.function == "add" ? [.none] : [] })
        return Expectation(isWrong: !(try twin.isLinearizable(history)))
      },
      .semantic("unique-ids", runs: identifierRuns) { history in
        let identifiers = history.all("generate").compactMap(\.operation.returned)
        let repeated = identifiers.indices.filter { place in
          identifiers[..<place].count { $0 == identifiers[place] } == 1
        }
        return Expectation(
          isWrong: !repeated.isEmpty,
          counts: [
            (["duplicated-count"], repeated.count), (["acknowledged-count"], identifiers.count),
          ])
      },
    ]
  }

  private static var counterRuns: ClientRuns<Int64> {
    ClientRuns(
      state: 0, spoiltPercent: 80, wrongPercent: 60,
      call: { _, random in
        random.chance(55)
          ? Call(function: "add", input: .integer(random.pick([1, 2, 4, -1, -3])))
          : Call(function: "read")
      },
      apply: { sum, invocation in
        guard invocation.function == "add" else { return .integer(sum) }
        sum += invocation.input.number
        return Value.none
      },
      spoil: { result, invocation, random in
        invocation.function == "add"
          ? result : .integer(result.number + random.pick([-4, -2, -1, 1, 2, 4]))
      })
  }

  private static var identifierRuns: ClientRuns<Int64> {
    ClientRuns(
      state: 0, spoiltPercent: 80, wrongPercent: 40,
      call: { _, _ in Call(function: "generate") },
      apply: { last, _ in
        last += 1
        return .integer(last)
      },
      spoil: { result, _, random in .integer(result.number + random.pick([-2, -1, 1])) })
  }
}

/// Tries every choice of the adds that may or may not have happened when a read returned.
private struct CounterTwin {
  private let history: History

  init(_ history: History) {
    self.history = history
  }

  var readsOutOfBounds: Int {
    history.all("read").map(\.operation).count { read in
      guard let value = read.returned?.number else { return false }
      let adds = history.all("add").map(\.operation).filter {
        $0.completion != .fail && $0.invokedAt < read.endedAt
      }
      let certain = adds.filter { $0.returned != nil && $0.endedAt < read.invokedAt }
      let optional = adds.filter { add in !certain.contains(add) }
      let sums = (0..<1 << optional.count).map { choice in
        (certain + optional.indices.filter { choice >> $0 & 1 == 1 }.map { optional[$0] })
          .reduce(0) { $0 + $1.invocation.input.number }
      }
      return value < sums.min() ?? 0 || value > sums.max() ?? 0
    }
  }
}

/// A counter in the plainest words.
private struct PlainCounter: DeterministicSpecification {
  enum Action: Hashable, Sendable {
    case add(Int64)
    case read(Int64)
  }

  let initialState: Int64 = 0

  func action(for operation: Operation) throws(SpecificationError) -> Action? {
    if operation.invocation.function == "add" { return .add(operation.invocation.input.number) }
    return operation.returned.map { .read($0.number) }
  }

  func apply(_ action: Action, to state: Int64) -> Int64? {
    switch action {
    case .add(let amount): state + amount
    case .read(let value): value == state ? state : nil
    }
  }

  func isPure(_ action: Action) -> Bool { false }
}
