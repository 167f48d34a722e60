import Determinism
import ProtocolKit

/// The links between all pairs of nodes, each direction on its own.
struct Network: Sendable {
  /// What becomes of one message that is let go of.
  struct Fate {
    /// How long it travels, or nil when it is lost.
    var delay: Nanoseconds?
    /// How long its duplicate travels, if it has one.
    var duplicateDelay: Nanoseconds?
    /// Whether it was held back.
    var isHeldBack = false
    /// Its place among events of the same instant.
    var tie: UInt64 = 0
  }

  private struct Link: Sendable {
    /// How many messages were sent here.
    var messageCount: UInt64 = 0
    /// How many active faults cut this direction; it works only at zero.
    var cuts: Int32 = 0
    /// Which conditions apply.
    var conditions: Int32 = 0
  }

  private let nodeCount: Int
  private var links: ContiguousArray<Link>
  private var conditions: [LinkConditions]

  init(nodeCount: Int, conditions: LinkConditions, exceptions: [LinkException]) {
    self.nodeCount = nodeCount
    self.conditions = [conditions]
    links = ContiguousArray(repeating: Link(), count: nodeCount * nodeCount)
    for exception in exceptions {
      self.conditions.append(exception.conditions)
      for from in exception.from {
        for to in exception.to {
          links[position(from, to)].conditions = Int32(self.conditions.count - 1)
        }
      }
    }
  }

  @inline(__always)
  private func position(_ from: NodeID, _ to: NodeID) -> Int {
    from.denseIndex * nodeCount + to.denseIndex
  }

  /// Whether a fault cuts the way from one node to another at the moment.
  @inline(__always)
  func isCut(from: NodeID, to: NodeID) -> Bool {
    links[position(from, to)].cuts > 0
  }

  /// Cuts one direction; cuts add up.
  mutating func cut(from: NodeID, to: NodeID) {
    links[position(from, to)].cuts += 1
  }

  /// Takes back one cut of one direction.
  mutating func mend(from: NodeID, to: NodeID) {
    links[position(from, to)].cuts = max(0, links[position(from, to)].cuts - 1)
  }

  /// Takes back every cut, loss, duplication and holding back.
  mutating func heal() {
    for position in links.indices { links[position].cuts = 0 }
    conditions = conditions.map(\.calm)
  }

  /// Decides the fate of the next message on a link, from draws keyed by link and message number.
  @inline(__always)
  mutating func fate(from: NodeID, to: NodeID, _ randomness: Randomness) -> Fate {
    let position = position(from, to)
    links[position].messageCount += 1
    let conditions = conditions[Int(links[position].conditions)]
    // The key must not depend on how many nodes there are.
    let link = UInt64(from.index) << 16 | UInt64(to.index)
    let draw = randomness.draw(.message, link, links[position].messageCount)
    let delayDraw = draw.purpose(1)
    var fate = Fate(delay: nil, tie: delayDraw.bits)
    guard !draw.happens(conditions.loss) else { return fate }
    var delay = conditions.delay.sample(delayDraw)
    if conditions.reordering.numerator > 0, draw.purpose(2).happens(conditions.reordering) {
      delay = delay + draw.purpose(3).between(.zero, conditions.holdBack)
      fate.isHeldBack = true
    }
    fate.delay = delay
    if conditions.duplication.numerator > 0, draw.purpose(4).happens(conditions.duplication) {
      fate.duplicateDelay = conditions.delay.sample(draw.purpose(5))
    }
    return fate
  }
}
