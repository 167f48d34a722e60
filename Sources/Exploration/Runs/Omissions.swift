public import Determinism
import Simulation

/// A trouble that is not an entry of a fault plan but a condition of the whole run.
public enum Trouble: String, Codable, Hashable, Sendable, CaseIterable {
  /// Links lose messages by chance.
  case loss
  /// Links deliver messages twice.
  case duplication
  /// Links hold messages back so that others overtake them.
  case reordering
  /// Links damage messages.
  case corruption
  /// Messages travel for different times.
  case varyingDelay = "varying-delay"
  /// Clocks run fast or slow.
  case clockDrift = "clock-drift"
  /// Wall clocks are off at the start.
  case wallOffset = "wall-offset"
}

/// How a run differs from what its scenario and seed make of it.
public struct Omissions: Hashable, Sendable {
  /// The places in the plan of the faults that do not happen, in ascending order.
  public var faults: [Int]
  /// The conditions that do not hold.
  public var troubles: [Trouble]
  /// From when on the conditions of links do not hold; those of clocks never do.
  public var since: Instant
  /// Zero, or the number of a neighbour: what it draws by chance is drawn anew.
  public var neighbour: UInt64 = 0
  /// From when on a neighbour draws anew.
  public var drawsAnewFrom = Instant.start

  /// Creates the omission of these faults and troubles.
  public init(faults: [Int] = [], troubles: [Trouble] = [], since: Instant = .start) {
    self.faults = faults
    self.troubles = troubles
    self.since = since
  }

  /// A plan without the omitted faults.
  func applied(to plan: FaultPlan) -> FaultPlan {
    var plan = plan
    plan.omitted = faults
    return plan
  }

  /// A world without the omitted troubles of its clocks.
  func applied(to world: WorldConfiguration) -> WorldConfiguration {
    troubles.reduce(world) { $1.taken(fromClocksOf: $0) }
  }

  /// Links without the omitted troubles.
  func applied(to links: LinkConditions) -> LinkConditions {
    troubles.reduce(links) { $1.taken(from: $0) }
  }
}

extension Trouble {
  /// Whether a world has this trouble.
  func isIn(_ world: WorldConfiguration) -> Bool {
    let links = [world.links] + world.linkExceptions.map(\.conditions)
    return taken(fromClocksOf: world) != world || links.contains { taken(from: $0) != $0 }
  }

  fileprivate func taken(fromClocksOf world: WorldConfiguration) -> WorldConfiguration {
    var world = world
    if self == .clockDrift { world.driftMost = 0 }
    if self == .wallOffset { world.wallOffsetMost = .zero }
    return world
  }

  fileprivate func taken(from links: LinkConditions) -> LinkConditions {
    var links = links
    switch self {
    case .loss: links.loss.vanish()
    case .duplication: links.duplication.vanish()
    case .reordering: links.reordering.vanish()
    case .corruption: links.corruption.vanish()
    case .varyingDelay: links.delay = links.delay.steady
    case .clockDrift, .wallOffset: break
    }
    return links
  }
}

extension Ratio {
  /// Becomes zero; what is zero already stays as it is written.
  fileprivate mutating func vanish() {
    if numerator > 0 { self = .zero }
  }
}
