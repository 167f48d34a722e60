import Determinism
import Histories

extension Audits {
  /// Reads of many things at once.
  static var snapshots: [Audit] {
    [
      .semantic("bank", runs: bankRuns) { bank($0, total: nil, allowsNegative: false) },
      .semantic("bank?total=20&negative-balances=allowed", runs: bankRuns) {
        bank($0, total: 20, allowsNegative: true)
      },
      .semantic("long-fork", runs: longForkRuns) { longFork($0) },
      .semantic("causal-reverse", runs: causalReverseRuns) { causalReverse($0) },
    ]
  }

  private static var bankRuns: ClientRuns<[Int64]> {
    ClientRuns(
      state: [10, 5, 5],
      call: { _, random in
        guard random.chance(50) else { return Call(function: "read") }
        let parts = [random.below(3), random.below(3), 1 + random.below(6)]
        return Call(function: "transfer", input: .list(parts.map { .integer(Int64($0)) }))
      },
      finale: [Call(function: "read")],
      apply: { balances, invocation in
        guard invocation.function == "transfer" else {
          return .list(balances.enumerated().map { .list([.integer(Int64($0)), .integer($1)]) })
        }
        let parts = invocation.input.list.map(\.number)
        // One transfer in six forgets to look at the balance.
        guard parts[2] == 6 || balances[Int(parts[0])] >= parts[2] else { return nil }
        balances[Int(parts[0])] -= parts[2]
        balances[Int(parts[1])] += parts[2]
        return Value.none
      },
      spoil: { result, invocation, random in
        guard invocation.function == "read" else { return result }
        var pairs = result.list
        let place = random.below(pairs.count)
        let account = pairs[place].list[0]
        pairs[place] =
          switch random.below(4) {
          case 0: .list([.integer(7), pairs[place].list[1]])
          case 1: .list([account, .none])
          default:
            .list([account, .integer(pairs[place].list[1].number + random.pick([-7, 1, 2]))])
          }
        return .list(pairs)
      })
  }

  private static func bank(
    _ history: History, total: Int64?, allowsNegative: Bool
  ) -> Expectation {
    let reads = history.all("read").map(\.operation).filter { $0.returned != nil }
      .sorted { $0.endedAt < $1.endedAt }.map { ($0.returned ?? .none).list.map(\.list) }
    let total = total ?? reads.first?.reduce(0) { $0 + $1[1].number } ?? 0
    var (strangers, empty, wrong, negative) = (0, 0, 0, 0)
    for read in reads {
      if !read.allSatisfy({ pair in reads[0].contains { $0[0] == pair[0] } }) {
        strangers += 1
      } else if read.contains(where: { $0[1] == .none }) {
        empty += 1
      } else if read.reduce(0, { $0 + $1[1].number }) != total {
        wrong += 1
      } else if !allowsNegative, read.contains(where: { $0[1].number < 0 }) {
        negative += 1
      }
    }
    return Expectation(
      isWrong: strangers + empty + wrong + negative > 0, isDoubtful: reads.isEmpty,
      counts: [
        (["unexpected-key-count"], strangers), (["nil-balance-count"], empty),
        (["wrong-total-count"], wrong), (["negative-value-count"], negative),
        (["read-count"], reads.count),
      ])
  }

  private static var longForkRuns: ClientRuns<[Int64]> {
    ClientRuns(
      state: [], operations: 12, spoiltPercent: 80, wrongPercent: 60,
      call: { _, random in
        let group = random.chance(70) ? [0, 1, 2] : [0, 1]
        guard random.chance(60) else {
          let write: [Value] = [.keyword("w"), .integer(Int64(random.below(3))), .integer(1)]
          return Call(function: "write", input: .list([.list(write)]))
        }
        let keys = random.chance(50) ? group : group.reversed()
        return Call(
          function: "read",
          input: .list(keys.map { .list([.keyword("r"), .integer(Int64($0)), .none]) }))
      },
      apply: { present, invocation in
        let micros = invocation.input.list.map(\.list)
        if invocation.function == "write" {
          if present.contains(micros[0][1].number) { return nil }
          present.append(micros[0][1].number)
          return invocation.input
        }
        return .list(
          micros.map { micro in
            .list([micro[0], micro[1], present.contains(micro[1].number) ? .integer(1) : .none])
          })
      },
      spoil: { result, invocation, random in
        guard invocation.function == "read" else { return result }
        var micros = result.list
        let place = random.below(micros.count)
        let parts = micros[place].list
        micros[place] = .list([parts[0], parts[1], parts[2] == .none ? .integer(1) : .none])
        return .list(micros)
      })
  }

  /// Two reads of the same keys of which each saw something that the other did not.
  private static func longFork(_ history: History) -> Expectation {
    let reads = history.all("read").compactMap(\.operation.returned).map { $0.list.map(\.list) }
    let isForked = reads.contains { one in
      reads.contains { other in
        let ahead = { (left: [[Value]], right: [[Value]]) in
          left.contains { entry in
            entry[2] != .none && right.contains { $0[1] == entry[1] && $0[2] == .none }
          }
        }
        return one.count == other.count && ahead(one, other) && ahead(other, one)
      }
    }
    let writes = history.all("write").map(\.operation).filter { $0.completion != .fail }
    let isRewritten = (0...2).contains { key in
      writes.count { $0.invocation.input.list[0].list[1] == .integer(key) } > 1
    }
    return Expectation(
      isWrong: isForked, isDoubtful: isRewritten, counts: [(["reads-count"], reads.count)])
  }

  private static var causalReverseRuns: ClientRuns<[Int64]> {
    ClientRuns(
      state: [0], operations: 12, spoiltPercent: 90, wrongPercent: 70,
      call: { state, random in
        guard random.chance(60) else { return Call(function: "read") }
        state[0] += 1
        return Call(function: "write", input: .integer(state[0]))
      },
      finale: [Call(function: "read")],
      apply: { state, invocation in
        guard invocation.function == "write" else {
          return .list(state.dropFirst().map { .integer($0) })
        }
        state.append(invocation.input.number)
        return Value.none
      },
      spoil: { result, invocation, random in
        invocation.function == "write"
          ? result
          : .list(random.disturb(result.list, with: (1...9).map { .integer($0) }))
      })
  }

  /// The reads that see some write, but not one that had completed before it began.
  private static func causalReverse(_ history: History) -> Expectation {
    let writes = history.all("write").map(\.operation)
    let reads = history.all("read").compactMap(\.operation.returned).map(\.list)
    let wrong = reads.count { read in
      writes.contains { cause in
        !read.contains(cause.invocation.input) && cause.returned != nil
          && writes.contains {
            read.contains($0.invocation.input) && cause.endedAt < $0.invokedAt
          }
      }
    }
    return Expectation(isWrong: wrong > 0, counts: [(["causal-reverse-count"], wrong)])
  }
}
