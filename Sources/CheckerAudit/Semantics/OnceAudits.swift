import Determinism
import Histories

extension Audits {
  /// Effects of requests.
  static var effects: [Audit] {
    [
      .semantic("once", runs: onceRuns) {
        OnceTwin($0).expectation(mayRepeat: false, mayMiss: false)
      },
      .semantic("once?guarantee=at-most", runs: onceRuns) {
        OnceTwin($0).expectation(mayRepeat: false, mayMiss: true)
      },
      .semantic("once?guarantee=at-least", runs: onceRuns) {
        OnceTwin($0).expectation(mayRepeat: true, mayMiss: false)
      },
    ]
  }

  private struct Effects: Sendable {
    var applied: [Value] = []
    var reported = 0
  }

  private static var onceRuns: ClientRuns<Effects> {
    let identifiers = (1...4).map { Value.integer($0) }
    return ClientRuns(
      state: Effects(), spoiltPercent: 70,
      call: { state, random in
        switch random.below(10) {
        case 0..<6: return Call(function: "request", input: random.pick(identifiers))
        case 6..<8: return Call(function: "effects")
        default:
          guard state.reported < state.applied.count else { return Call(function: "effects") }
          state.reported += 1
          return Call(function: "effect", input: state.applied[state.reported - 1])
        }
      },
      apply: { state, invocation in
        switch invocation.function {
        case "request" where !state.applied.contains(invocation.input):
          state.applied.append(invocation.input)
        case "effects": return .list(state.applied)
        default: break
        }
        return Value.none
      },
      spoil: { result, invocation, random in
        invocation.function == "effects"
          ? .list(random.disturb(result.list, with: identifiers)) : result
      })
  }
}

/// Counts requests and effects identifier by identifier.
private struct OnceTwin {
  private let history: History

  init(_ history: History) {
    self.history = history
  }

  /// The events at which effects of an identifier were seen.
  private func sightings(of identifier: Value) -> [Int] {
    history.operations.filter { operation in
      switch operation.invocation.function {
      case "effect": operation.returned != nil && operation.invocation.input == identifier
      case "effects": operation.returned?.list.contains(identifier) ?? false
      default: false
      }
    }.map(\.endedAt)
  }

  private func effectCount(of identifier: Value) -> Int {
    let single = history.all("effect").map(\.operation).count {
      $0.returned != nil && $0.invocation.input == identifier
    }
    let listed = history.all("effects").map { _, reading in
      (reading.returned?.list ?? []).count { $0 == identifier }
    }
    return max(single, listed.max() ?? 0)
  }

  func expectation(mayRepeat: Bool, mayMiss: Bool) -> Expectation {
    let readings = history.all("effects").map(\.operation).filter { $0.returned != nil }
    let lastReading = readings.max { $0.endedAt < $1.endedAt }
    let isObserved =
      lastReading != nil || history.all("effect").contains { $0.operation.returned != nil }
    var (repeated, missing, late, unrequested, revived) = (0, 0, 0, 0, 0)
    for identifier in (1...4).map({ Value.integer($0) }) {
      let requests = history.all("request").map(\.operation)
        .filter { $0.invocation.input == identifier }
      let count = effectCount(of: identifier)
      if count > 1 { repeated += 1 }
      let acknowledged = requests.filter { $0.returned != nil }.map(\.endedAt)
      if let first = acknowledged.min(), count == 0 {
        let isDue = lastReading.map { first < $0.invokedAt } ?? isObserved
        if isDue { missing += 1 } else { late += 1 }
      }
      let causeless = sightings(of: identifier).filter { end in
        requests.allSatisfy { $0.invokedAt > end || $0.completion == .fail }
      }
      if let first = causeless.first {
        let isFailed = requests.contains { $0.invokedAt < first }
        if isFailed { revived += 1 } else { unrequested += 1 }
      }
    }
    let isUsed = !history.operations.isEmpty
    return Expectation(
      isWrong: !mayRepeat && repeated > 0 || !mayMiss && missing > 0 || unrequested + revived > 0,
      isDoubtful: !mayMiss && late > 0
        || isUsed && !isObserved && !history.all("request").isEmpty,
      counts: [
        (["repeated-count"], repeated), (["missing-count"], missing),
        (["unrequested-count"], unrequested), (["revived-count"], revived),
      ])
  }
}
