import Determinism
import ProtocolKit

/// One kind of trouble with its parameters: what happens, not when.
public enum Fault: Hashable, Sendable {
  /// Links lose every message.
  case cut(CutFault)
  /// A process dies and starts again.
  case crash(CrashFault)
  /// A machine loses power and starts again.
  case powerLoss(PowerLossFault)
  /// A process stands still.
  case pause(PauseFault)
  /// A node's clocks are wrong.
  case clock(ClockFault)
  /// Links hold every message.
  case clog(ClogFault)
  /// A disk takes longer for every sync.
  case slowDisk(SlowDiskFault)
  /// A disk ends no sync.
  case stalledDisk(StalledDiskFault)
  /// A disk has no room for more.
  case fullDisk(FullDiskFault)
  /// Every sync of a disk fails.
  case syncError(SyncErrorFault)
  /// A loss of power tears a sector.
  case tornWrite(TornWriteFault)
  /// A bit on a disk turns over.
  case bitRot(BitRotFault)
  /// A sector of a disk cannot be read any more.
  case latentSectorError(LatentSectorErrorFault)
  /// A disk writes a sector to the wrong place.
  case misdirectedWrite(MisdirectedWriteFault)

  /// The kind, without parameters.
  public var kind: FaultKind {
    switch self {
    case .cut: .cut
    case .crash: .crash
    case .powerLoss: .powerLoss
    case .pause: .pause
    case .clock: .clock
    case .clog: .clog
    case .slowDisk: .slowDisk
    case .stalledDisk: .stalledDisk
    case .fullDisk: .fullDisk
    case .syncError: .syncError
    case .tornWrite: .tornWrite
    case .bitRot: .bitRot
    case .latentSectorError: .latentSectorError
    case .misdirectedWrite: .misdirectedWrite
    }
  }

  /// What the fault does; looked up when it begins and ends, never for an event.
  var behaviour: any FaultBehaviour {
    switch self {
    case .cut(let fault): fault
    case .crash(let fault): fault
    case .powerLoss(let fault): fault
    case .pause(let fault): fault
    case .clock(let fault): fault
    case .clog(let fault): fault
    case .slowDisk(let fault): fault
    case .stalledDisk(let fault): fault
    case .fullDisk(let fault): fault
    case .syncError(let fault): fault
    case .tornWrite(let fault): fault
    case .bitRot(let fault): fault
    case .latentSectorError(let fault): fault
    case .misdirectedWrite(let fault): fault
    }
  }

  /// The fault as it hits a world with this leader: the same unless it looks for the leader.
  func aimed(at leader: @autoclosure () -> NodeID?) -> Fault {
    guard case .cut(let cut) = self, cut.shape == .isolateLeader, let leader = leader() else {
      return self
    }
    return .cut(cut.aimed(at: leader))
  }
}

extension Fault: CustomStringConvertible {
  /// The fault in words.
  public var description: String { behaviour.description }
}

/// What a fault of one kind does to a world, and how people learn about it.
protocol FaultBehaviour: Sendable, CustomStringConvertible {
  /// What the fault does and does not do.
  static var guide: FaultGuide { get }

  /// The node that is or may be down while the fault lasts, if there is one.
  var nodeDown: NodeID? { get }

  /// Whether that node may have to stay down for good.
  var isLasting: Bool { get }

  /// Lets the fault happen.
  func begin(in world: inout some FaultTarget) throws(InvariantViolation)

  /// Takes it back.
  func end(in world: inout some FaultTarget) throws(InvariantViolation)
}

extension FaultBehaviour {
  /// Nobody is down.
  var nodeDown: NodeID? { nil }

  /// Everything passes.
  var isLasting: Bool { false }
}

/// What the catalogue of faults says about one kind.
public struct FaultGuide: Hashable, Sendable {
  /// What the fault does, in one sentence.
  public let summary: String
  /// What it does, and what it does not do, to node, network, disk and clock.
  public let semantics: String
  /// The keys of its section in a scenario, each with its meaning.
  public let parameters: [String]
}

/// What a fault can do to a world.
protocol FaultTarget {
  /// Cuts one direction of a link; cuts add up.
  mutating func cut(from: NodeID, to: NodeID)
  /// Takes back one cut.
  mutating func mend(from: NodeID, to: NodeID)
  /// Clogs one direction of a link; clogs add up.
  mutating func clog(from: NodeID, to: NodeID)
  /// Takes back one clog; what it held stays where it is.
  mutating func unclog(from: NodeID, to: NodeID)
  /// Lets go of everything that no clog holds any more.
  mutating func releaseFromClogs()
  /// Kills a process.
  mutating func crash(_ node: NodeID, losingPower: Bool)
  /// Starts a node that is down.
  mutating func restart(_ node: NodeID) throws(InvariantViolation)
  /// Makes a process stand still.
  mutating func pause(_ node: NodeID)
  /// Lets a process run on.
  mutating func resume(_ node: NodeID)
  /// Changes a node's clocks.
  mutating func changeClocks(of node: NodeID, driftBy drift: Int64, stepWallBy step: Nanoseconds)
  /// Makes something be wrong with a node's disk.
  mutating func disturbDisk(of node: NodeID, _ disturbance: DiskDisturbance)
  /// Takes it back, except for damage to bytes.
  mutating func relieveDisk(of node: NodeID, _ disturbance: DiskDisturbance)
}
