import Determinism
import Histories

extension Audits {
  /// Numbers that only grow.
  static var growingNumbers: [Audit] {
    [
      .semantic("monotonic", runs: growingRuns) { MonotonicTwin($0, byProcess: false).expectation },
      .semantic("monotonic?order=process", runs: growingRuns) {
        MonotonicTwin($0, byProcess: true).expectation
      },
    ]
  }

  /// Two counters, which can be read together, and one that is read as a list.
  private static var growingRuns: ClientRuns<[Int64]> {
    let keys = ["x", "y", "list"].map { Value.text($0) }
    return ClientRuns(
      state: [0, 0, 0], clients: 2, operations: 11, spoiltPercent: 75, wrongPercent: 40,
      call: { _, random in
        switch random.below(10) {
        case 0..<4: Call(function: "inc", key: random.pick(keys))
        case 4..<7: Call(function: "read", key: random.pick(keys))
        default: Call(function: "read")
        }
      },
      apply: { numbers, invocation in
        guard let place = keys.firstIndex(of: invocation.key) else {
          return .list((0...1).map { .list([keys[$0], .integer(numbers[$0])]) })
        }
        if invocation.function == "inc" {
          numbers[place] += 1
          return .integer(numbers[place])
        }
        if place == 2 { return .list((0..<numbers[2]).map { .integer($0 + 1) }) }
        return numbers[place] == 0 ? Value.none : .integer(numbers[place])
      },
      spoil: { result, invocation, random in
        if invocation.key == .none {
          var pairs = result.list.map(\.list)
          let place = random.below(2)
          pairs[place][1] = .integer(Int64(random.below(4)))
          return .list(pairs.map { .list($0) })
        }
        if invocation.key == keys[2], invocation.function == "read" {
          return .list(random.disturb(result.list, with: (1...4).map { .integer($0) }))
        }
        return .integer(max(1, result.number + random.pick([-1, -1, 1])))
      })
  }
}

/// Compares every two things that were seen, and tries every order of the reads of two keys.
private struct MonotonicTwin {
  private struct Seen {
    let operation: Operation
    let key: Value
    /// Less than every number if nothing was there.
    let number: Int64
    var isIncrement: Bool { operation.invocation.function == "inc" }
  }

  private var all: [Seen] = []
  private var disorder = 0
  private var pairs: [[Int64]] = []
  private let byProcess: Bool

  init(_ history: History, byProcess: Bool) {
    self.byProcess = byProcess
    for operation in history.operations {
      guard let returned = operation.returned else { continue }
      if operation.invocation.key == .none {
        for pair in returned.list.map(\.list) {
          all.append(Seen(operation: operation, key: pair[0], number: pair[1].number))
        }
        pairs.append(returned.list.map { $0.list[1].number })
      } else if operation.invocation.key == .text("list"), operation.invocation.function == "read" {
        let numbers = returned.list.map(\.number)
        disorder += zip(numbers, numbers.dropFirst()).count { $0 >= $1 }
        all.append(
          Seen(operation: operation, key: .text("list"), number: numbers.last ?? -1))
      } else {
        let number = returned == .none ? -1 : returned.number
        all.append(Seen(operation: operation, key: operation.invocation.key, number: number))
      }
    }
  }

  /// What had been seen of the same key before an operation began.
  private func before(_ one: Seen) -> [Seen] {
    all.filter {
      $0.key == one.key && $0.operation.endedAt < one.operation.invokedAt
        && (!byProcess || $0.operation.invocation.process == one.operation.invocation.process)
    }
  }

  /// Whether the pairs can be put behind some numbers so that neither number ever falls.
  private func canBeOrdered(_ rest: [[Int64]], behind last: [Int64]) -> Bool {
    rest.isEmpty
      || rest.indices.contains { place in
        var others = rest
        let next = others.remove(at: place)
        return next[0] >= last[0] && next[1] >= last[1] && canBeOrdered(others, behind: next)
      }
  }

  var expectation: Expectation {
    let backwards = all.count { one in before(one).contains { $0.number > one.number } }
    let repeated = all.indices.count { place in
      let one = all[place]
      guard one.isIncrement else { return false }
      let isTaken = all[..<place].contains {
        $0.isIncrement && $0.key == one.key && $0.number == one.number
      }
      return isTaken || before(one).map(\.number).max() == one.number
    }
    let hasSkew = !canBeOrdered(pairs, behind: [-1, -1])
    return Expectation(
      isWrong: backwards + repeated + disorder > 0 || hasSkew,
      counts: [
        (["backwards-count"], backwards), (["repeated-count"], repeated),
        (["reordered-count"], disorder),
      ], present: [("skew-count", hasSkew)])
  }
}
