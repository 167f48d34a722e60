import Determinism
import ProtocolKit

/// What happens on links that are more than a delay: cuts, bandwidth, order, damage, clogs.
extension Simulator {
  /// Sends a message where chance alone does not decide.
  @inline(never)
  mutating func sendOnLine(
    _ message: Machine.Message, from sender: NodeID, to node: NodeID, _ chance: MessageFate
  ) {
    var fate = chance
    network.shape(
      &fate, from: sender, to: node, bytes: message.wireSize, at: now, randomness)
    if fate.isQueued { evidence[.messagesQueued] += 1 }
    guard !network.isCut(from: sender, to: node) else {
      evidence[.messagesCut] += 1
      recorder.add(.lost(message: "\(message)", from: sender, to: node, .cut))
      return
    }
    guard let delay = fate.delay else {
      return lose(message, from: sender, to: node, fate.loss)
    }
    guard let damage = fate.damage else {
      return deliverLater(message, from: sender, to: node, fate, delay)
    }
    guard let altered = message.corrupted(damage) else {
      return lose(message, from: sender, to: node, .corrupted)
    }
    evidence[.messagesAltered] += 1
    recorder.note("damaged: \(sender) -> \(node)  \(message) becomes \(altered)")
    deliverLater(altered, from: sender, to: node, fate, delay)
  }

  /// Counts a message that does not arrive.
  @inline(never)
  mutating func lose(
    _ message: Machine.Message, from sender: NodeID, to node: NodeID, _ loss: MessageFate.Loss
  ) {
    let reason: LossReason
    switch loss {
    case .chance:
      evidence[.messagesLost] += 1
      reason = .chance
    case .corrupted:
      evidence[.messagesCorrupted] += 1
      reason = .corrupted
    case .queueFull:
      evidence[.messagesTailDropped] += 1
      reason = .queueFull
    }
    recorder.add(.lost(message: "\(message)", from: sender, to: node, reason))
  }

  /// Keeps a message that would arrive through a clogged link.
  @inline(never)
  mutating func holdInClog(_ event: PendingEvent<Machine.Message>, from sender: NodeID) {
    evidence[.messagesClogged] += 1
    clogged.append((from: sender, to: event.node, slot: pending.insert(event)))
  }

  /// Lets go of the messages whose links are free again, in the order in which they would have
  /// arrived.
  mutating func releaseFromClogs() {
    let waiting = clogged
    clogged.removeAll()
    for (place, message) in waiting.enumerated() {
      if network.isClogged(from: message.from, to: message.to) {
        clogged.append(message)
      } else {
        queue.push(at: now, tie: UInt64(place), slot: message.slot)
      }
    }
  }
}
