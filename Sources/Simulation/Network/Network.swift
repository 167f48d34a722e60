import Determinism
import ProtocolKit

/// The links between all pairs of nodes, each direction on its own.
struct Network: Sendable {
  private struct Link: Sendable {
    /// How many messages were sent here.
    var messageCount: UInt64 = 0
    /// How many active faults cut this direction.
    var cuts: Int16 = 0
    /// How many active faults clog this direction.
    var clogs: Int16 = 0
    /// Which conditions apply.
    var conditions: UInt16 = 0
    /// Whether nothing but chance decides what becomes of a message.
    var isPlain = true
    /// The latest event of which a message has arrived; kept only if messages are held back.
    var latestCause = EventID.genesis
  }

  private let nodeCount: Int
  private var links: ContiguousArray<Link>
  private var conditions: [LinkConditions]
  /// What is on its way on each link; kept only if some link is not plain.
  private var lines: ContiguousArray<Line> = []
  /// Whether some link holds messages back so that others overtake them.
  let mayReorder: Bool

  init(nodeCount: Int, conditions: LinkConditions, exceptions: [LinkException]) {
    self.nodeCount = nodeCount
    self.conditions = [conditions]
    mayReorder = (exceptions.map(\.conditions) + [conditions]).contains {
      $0.reordering.numerator > 0
    }
    var plain = Link()
    plain.isPlain = conditions.isPlain
    links = ContiguousArray(repeating: plain, count: nodeCount * nodeCount)
    for exception in exceptions {
      self.conditions.append(exception.conditions)
      for from in exception.from {
        for to in exception.to {
          links[position(from, to)].conditions = UInt16(self.conditions.count - 1)
          links[position(from, to)].isPlain = exception.conditions.isPlain
        }
      }
    }
    guard !self.conditions.allSatisfy(\.isPlain) else { return }
    lines = ContiguousArray(repeating: Line(), count: links.count)
  }

  @inline(__always)
  private func position(_ from: NodeID, _ to: NodeID) -> Int {
    from.denseIndex * nodeCount + to.denseIndex
  }

  /// Whether nothing but chance decides what becomes of a message that is sent now.
  @inline(__always)
  func isPlain(from: NodeID, to: NodeID) -> Bool {
    let link = links[position(from, to)]
    return link.isPlain && link.cuts == 0
  }

  /// Whether a fault cuts or clogs the way from one node to another at the moment.
  @inline(__always)
  func isObstructed(from: NodeID, to: NodeID) -> Bool {
    let link = links[position(from, to)]
    return link.cuts | link.clogs != 0
  }

  /// Whether a fault cuts the way from one node to another at the moment.
  func isCut(from: NodeID, to: NodeID) -> Bool {
    links[position(from, to)].cuts > 0
  }

  /// Whether a fault clogs the way from one node to another at the moment.
  func isClogged(from: NodeID, to: NodeID) -> Bool {
    links[position(from, to)].clogs > 0
  }

  /// Cuts one direction; cuts add up.
  mutating func cut(from: NodeID, to: NodeID) {
    links[position(from, to)].cuts += 1
  }

  /// Takes back one cut of one direction.
  mutating func mend(from: NodeID, to: NodeID) {
    links[position(from, to)].cuts = max(0, links[position(from, to)].cuts - 1)
  }

  /// Clogs one direction; clogs add up.
  mutating func clog(from: NodeID, to: NodeID) {
    links[position(from, to)].clogs += 1
  }

  /// Takes back one clog of one direction.
  mutating func unclog(from: NodeID, to: NodeID) {
    links[position(from, to)].clogs = max(0, links[position(from, to)].clogs - 1)
  }

  /// Ends the connections of a node that dies: what is sent later does not queue behind the past.
  mutating func breakConnections(of node: NodeID) {
    guard !lines.isEmpty else { return }
    for other in 0..<nodeCount {
      lines[node.denseIndex * nodeCount + other].breakConnection()
      lines[other * nodeCount + node.denseIndex].breakConnection()
    }
  }

  /// Takes note that a message arrived that an event sent; false if a later one had arrived before.
  mutating func noteArrival(from: NodeID, to: NodeID, sentBy cause: EventID) -> Bool {
    let position = position(from, to)
    guard cause >= links[position].latestCause else { return false }
    links[position].latestCause = cause
    return true
  }

  /// Takes back every cut, clog, loss, duplication, holding back and damage.
  mutating func heal() {
    for position in links.indices {
      links[position].cuts = 0
      links[position].clogs = 0
    }
    changeConditions(\.calm)
  }

  /// Changes the conditions of every link.
  mutating func changeConditions(_ change: (LinkConditions) -> LinkConditions) {
    conditions = conditions.map(change)
  }

  /// The draw that decides about the last message of a link.
  @inline(__always)
  private func draw(from: NodeID, to: NodeID, _ randomness: Randomness) -> Draw {
    // The key must not depend on how many nodes there are.
    let link = UInt64(from.index) << 16 | UInt64(to.index)
    return randomness.draw(.message, link, links[position(from, to)].messageCount)
  }

  /// Decides the fate of the next message on a link, from draws keyed by link and message number.
  @inline(__always)
  mutating func fate(from: NodeID, to: NodeID, _ randomness: Randomness) -> MessageFate {
    let position = position(from, to)
    links[position].messageCount += 1
    let conditions = conditions[Int(links[position].conditions)]
    let draw = draw(from: from, to: to, randomness)
    let delayDraw = draw.purpose(1)
    var fate = MessageFate(delay: nil, tie: delayDraw.bits)
    guard !draw.happens(conditions.loss) else { return fate }
    var delay = conditions.delay.sample(delayDraw)
    if conditions.reordering.numerator > 0, draw.purpose(2).happens(conditions.reordering) {
      let plain = delay
      delay = delay + draw.purpose(3).between(.zero, conditions.holdBack)
      fate.isHeldBack = delay > plain
    }
    fate.delay = delay
    if conditions.duplication.numerator > 0, draw.purpose(4).happens(conditions.duplication) {
      fate.duplicateDelay = conditions.delay.sample(draw.purpose(5))
    }
    return fate
  }

  /// Adds what bandwidth, damage and order do to the fate of the last message on a link.
  mutating func shape(
    _ fate: inout MessageFate, from: NodeID, to: NodeID, bytes: Int, at now: Instant,
    _ randomness: Randomness
  ) {
    let position = position(from, to)
    guard !links[position].isPlain else { return }
    let draw = draw(from: from, to: to, randomness)
    let conditions = conditions[Int(links[position].conditions)]
    lines[position].shape(&fate, under: conditions, bytes: bytes, at: now, draw)
  }
}
