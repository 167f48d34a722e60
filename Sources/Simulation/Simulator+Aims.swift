import Determinism
import ProtocolKit

/// How pauses and crashes hit processes that reach a mark.
extension Simulator {
  mutating func arm(_ aim: Aim) {
    aims.append(aim)
  }

  mutating func disarm(_ aim: Aim) {
    guard let place = aims.firstIndex(of: aim) else { return }
    aims.remove(at: place)
  }

  /// Hits a node that has just reached a mark, if something is aimed at it and a draw says so.
  mutating func hit(_ node: NodeID, reaching mark: String) {
    for aim in aims where aim.mark == mark && aim.nodes.contains(node) {
      nodes[node].draws.aims += 1
      let draw = randomness.draw(.aimedPause, UInt64(node.index), nodes[node].draws.aims)
      guard draw.happens(aim.probability) else { continue }
      let lasts = draw.purpose(1).between(aim.lasts.lowerBound, aim.lasts.upperBound)
      switch aim.deed {
      case .pause:
        pause(node)
        if nodes[node].process.isPaused { evidence[.aimedPauses] += 1 }
        recorder.add(.stops(node, after: mark))
        schedule(.pauseEnds, for: node, at: now + lasts)
      case .crash, .powerLoss:
        // The handler ends first, with all that it asked for.
        schedule(.aimedCrash(losesPower: aim.deed == .powerLoss, lasts), for: node, at: now)
      }
    }
  }

  mutating func endAimedPause(_ event: PendingEvent<Machine.Message>) {
    beginEvent(.pauseEnds, event.node, event.cause)
    recordEvent(.pauseEnds, event.node, event.cause, .other("\(event.node) runs on"))
    resume(event.node)
  }

  /// Lets a process die that reached a mark, unless everything has healed since.
  mutating func beginAimedCrash(
    _ event: PendingEvent<Machine.Message>, losesPower: Bool, _ lasts: Nanoseconds
  ) -> Bool {
    let node = event.node
    guard operationsBeforeHeal == nil, nodes[node].machine != nil else { return false }
    beginEvent(.aimedCrash, node, event.cause, payload: losesPower ? 2 : 1)
    let text = losesPower ? "\(node) loses power" : "the process of \(node) is killed"
    recordEvent(.aimedCrash, node, event.cause, .other(text))
    crash(node, losingPower: losesPower)
    if nodes[node].machine == nil { evidence[.aimedCrashes] += 1 }
    schedule(.aimedRestart, for: node, at: now + lasts)
    return true
  }

  mutating func endAimedCrash(
    _ event: PendingEvent<Machine.Message>
  ) throws(InvariantViolation) -> Bool {
    // The heal has started it already.
    guard operationsBeforeHeal == nil else { return false }
    beginEvent(.aimedRestart, event.node, event.cause)
    recordEvent(
      .aimedRestart, event.node, event.cause, .other("\(event.node) may start again"))
    try restart(event.node)
    return true
  }
}
