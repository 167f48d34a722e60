import Determinism
import Histories
import ProtocolKit
import Simulation

/// Whether clients get answers once all faults have healed.
extension Judgement {
  private static var progress: String { "progress" }

  /// Why a violation of it matters.
  private static var rationale: String {
    "Once all faults have healed, every client must get answers again: a system that never answers "
      + "breaks no other rule and helps nobody."
  }

  mutating func judgeProgress(wasCutShort: Bool, besides waiting: [String]) {
    guard let healed = world.operationsBeforeHeal, !wasCutShort else {
      return leaveOpen("the run ended before the faults healed")
    }
    guard world.eventCount < world.configuration.eventLimit else {
      return leaveOpen("the run reached its limit of \(world.eventCount) events")
    }
    let operations = world.history.operations
    let later = operations.dropFirst(healed)
    let completed = later.count { if case .ok = $0.completion { true } else { false } }
    if completed == 0 {
      guard later.last?.invocationTime.map({ $0 >= halfTime }) ?? false else {
        return leaveOpen("clients had stopped asking soon after the faults healed")
      }
      return breakProgress(
        "no operation completed after the faults healed",
        "\(later.count) operations were begun after \(world.configuration.healsAt)")
    }
    if let stuck = operations.indices.prefix(healed).first(where: { isStuck($0, waiting) }) {
      return breakProgress(
        "an operation that began before the faults healed never ended", words(stuck))
    }
    if let lonely = clientWithoutAnswer(since: healed, waiting) {
      return breakProgress("a client got no answer after the faults healed", words(lonely))
    }
    results.append(
      Result(
        kind: .eventually, name: Self.progress, status: .holds,
        detail: "\(completed) operations completed after the faults healed"))
  }

  private var halfTime: Instant {
    world.configuration.healsAt + world.configuration.quiet / 2
  }

  private mutating func leaveOpen(_ reason: String) {
    results.append(
      Result(kind: .eventually, name: Self.progress, status: .unknown, detail: reason))
  }

  private mutating func breakProgress(_ how: String, _ detail: String) {
    violate(
      .eventually, Self.progress, how: how, detail: detail,
      evidence: Evidence(detail: Sentence(detail), rationale: Self.rationale))
  }

  /// Whether nobody has ever answered an operation whose client still waits.
  private func isStuck(_ place: Int, _ waiting: [String]) -> Bool {
    let operation = world.history.operations[place]
    return operation.completedAt == nil && world.isRunning(world.askers[place])
      && !waiting.contains(operation.invocation.function)
  }

  /// How many operations in a row may end without an answer: a session that is lost takes one with it.
  private static var mostUnanswered: Int { 3 }

  /// The first operation of a client that asked in good time after the heal, several times, in vain.
  private func clientWithoutAnswer(since healed: Int, _ waiting: [String]) -> Int? {
    var unanswered = SortedMap<NodeID, [Int]>()
    var answered: [NodeID] = []
    for place in world.history.operations.indices.dropFirst(healed) {
      let (operation, asker) = (world.history.operations[place], world.askers[place])
      guard operation.completedAt == nil || operation.completion == .info else {
        if !answered.contains(asker.node) { answered.append(asker.node) }
        continue
      }
      let isInTime = operation.invocationTime.map { $0 < halfTime } ?? false
      let mayWait = waiting.contains(operation.invocation.function)
      guard isInTime, !mayWait, world.isRunning(asker) else { continue }
      unanswered[asker.node, default: []].append(place)
    }
    return unanswered.first { node, places in
      places.count > Self.mostUnanswered && !answered.contains(node)
    }?.value.first
  }

  private func words(_ place: Int) -> String {
    let operation = world.history.operations[place]
    let time = operation.invocationTime.map { ", asked at \($0)" } ?? ""
    let key = operation.invocation.key == .none ? "" : " of key \(operation.invocation.key)"
    return "\(world.askers[place].node): \(operation.invocation.function)\(key)\(time)"
  }
}
