import Determinism
import Histories

extension Audits {
  /// States derived from logs.
  static var derivations: [Audit] {
    [
      .semantic("derived-state", runs: derivedRuns(isKeyed: true)) {
        DerivedTwin($0, isKeyed: true).expectation(mustCatchUp: true)
      },
      .semantic("derived-state?fold=sum&final=any", runs: derivedRuns(isKeyed: false)) {
        DerivedTwin($0, isKeyed: false).expectation(mustCatchUp: false)
      },
    ]
  }

  private static func derivedRuns(isKeyed: Bool) -> ClientRuns<DerivedLog> {
    ClientRuns(
      state: DerivedLog(isKeyed: isKeyed), operations: 9, spoiltPercent: 65,
      call: { log, random in
        switch random.below(10) {
        case 0..<5: Call(function: "append", input: log.entry(&random))
        case 5..<8: Call(function: "derived")
        default: Call(function: "log")
        }
      },
      finale: ["log", "derived", "derived", "derived"].map { Call(function: $0) },
      apply: { log, invocation in log.apply(invocation) },
      spoil: { result, invocation, random in
        DerivedLog(isKeyed: isKeyed).spoil(result, invocation: invocation, &random)
      })
  }
}

/// A log and a view that follows it: the last values of entries that are pairs, or a sum.
private struct DerivedLog: Sendable {
  let isKeyed: Bool
  private var entries: [Value] = []
  private var covered = 0

  init(isKeyed: Bool) {
    self.isKeyed = isKeyed
  }

  func entry(_ random: inout SplitMix) -> Value {
    let number = Value.integer(Int64(random.below(4)))
    guard isKeyed else { return number }
    return .list([.integer(Int64(random.below(2))), random.chance(25) ? .none : number])
  }

  mutating func apply(_ invocation: Invocation) -> Value {
    switch invocation.function {
    case "append":
      entries.append(invocation.input)
      return .integer(Int64(entries.count - 1))
    case "log": return .list(entries)
    default:
      covered = min(entries.count, covered + 2)
      let state = DerivedTwin.fold(Array(entries.prefix(covered)), isKeyed: isKeyed)
      return .list([.integer(Int64(covered)), state])
    }
  }

  func spoil(_ result: Value, invocation: Invocation, _ random: inout SplitMix) -> Value {
    let number = Value.integer(Int64(random.below(4)))
    switch invocation.function {
    case "append": return random.chance(40) ? .none : number
    case "log": return .list(random.disturb(result.list, with: [entry(&random)]))
    default:
      if random.chance(50) { return .list([number, result.list[1]]) }
      return .list([result.list[0], isKeyed ? .list([.list([.integer(0), number])]) : number])
    }
  }
}

/// Folds the log anew for every derived state.
private struct DerivedTwin {
  private let history: History
  private let isKeyed: Bool

  init(_ history: History, isKeyed: Bool) {
    self.history = history
    self.isKeyed = isKeyed
  }

  /// The sum of numbers, or for each key, in order of keys, its last value that was not deleted.
  static func fold(_ entries: [Value], isKeyed: Bool) -> Value {
    guard isKeyed else { return .integer(entries.map(\.number).reduce(0, +)) }
    let last = [0, 1].compactMap { (key: Int64) -> Value? in
      entries.last { $0.list[0] == .integer(key) }
    }
    return .list(last.filter { $0.list[1] != .none })
  }

  /// What some operation said is at an offset, in the order of operations.
  private func claims(at offset: Int) -> [Value] {
    history.operations.compactMap { operation -> Value? in
      guard let returned = operation.returned else { return nil }
      switch operation.invocation.function {
      case "log": return returned.list.indices.contains(offset) ? returned.list[offset] : nil
      case "append":
        return returned == .integer(Int64(offset)) ? operation.invocation.input : nil
      default: return nil
      }
    }
  }

  /// How many entries the log certainly had before an event.
  private func extent(before event: Int) -> Int {
    var most = 0
    for operation in history.operations where operation.endedAt < event {
      guard let returned = operation.returned, returned != .none else { continue }
      switch operation.invocation.function {
      case "log": most = max(most, returned.list.count)
      case "append": most = max(most, Int(returned.number) + 1)
      default: break
      }
    }
    return most
  }

  func expectation(mustCatchUp: Bool) -> Expectation {
    let readings = history.all("derived").map(\.operation).filter { $0.returned != nil }
    var (wrong, uncertain) = (0, 0)
    for reading in readings {
      let parts = (reading.returned ?? .none).list
      let entries = (0..<Int(parts[0].number)).map { claims(at: $0).first }
      if entries.contains(nil) {
        uncertain += 1
      } else if Self.fold(entries.compactMap(\.self), isKeyed: isKeyed) != parts[1] {
        wrong += 1
      }
    }
    let contradictions = (0..<20).map { offset in
      let claims = claims(at: offset)
      return claims.dropFirst().count { $0 != claims[0] }
    }.reduce(0, +)
    let last = readings.max { $0.endedAt < $1.endedAt }
    let isBehind =
      last.map { last in
        extent(before: last.invokedAt) > Int((last.returned ?? .none).list[0].number)
      } ?? false
    return Expectation(
      isWrong: wrong + contradictions > 0 || mustCatchUp && isBehind,
      isDoubtful: uncertain > 0 || readings.isEmpty,
      counts: [(["wrong-state-count"], wrong), (["inconsistent-log-count"], contradictions)],
      present: [("behind-count", mustCatchUp && isBehind)])
  }
}
