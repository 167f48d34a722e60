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
  /// A process stops right after it reached a mark.
  case aimedPause(AimedPauseFault)
  /// A node takes its time for every event.
  case slowNode(SlowNodeFault)
  /// A process crashes again after each restart.
  case crashLoop(CrashLoopFault)
  /// A machine returns with an empty journal.
  case wipe(WipeFault)
  /// All servers restart, one after the other.
  case rollingRestart(RollingRestartFault)
  /// All servers restart with another release, one after the other.
  case rollingUpgrade(RollingUpgradeFault)
  /// A wall clock jumps.
  case clockStep(ClockStepFault)
  /// A clock stands still.
  case clockFreeze(ClockFreezeFault)
  /// A wall clock is corrected gradually.
  case clockSlew(ClockSlewFault)
  /// A wall clock absorbs a leap second.
  case leapSmear(LeapSmearFault)
  /// Time synchronisation fails.
  case timeSyncFailure(TimeSyncFailureFault)
  /// A server acts as two.
  case twins(TwinsFault)

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
    case .aimedPause: .aimedPause
    case .slowNode: .slowNode
    case .crashLoop: .crashLoop
    case .wipe: .wipe
    case .rollingRestart: .rollingRestart
    case .rollingUpgrade: .rollingUpgrade
    case .clockStep: .clockStep
    case .clockFreeze: .clockFreeze
    case .clockSlew: .clockSlew
    case .leapSmear: .leapSmear
    case .timeSyncFailure: .timeSyncFailure
    case .twins: .twins
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
    case .aimedPause(let fault): fault
    case .slowNode(let fault): fault
    case .crashLoop(let fault): fault
    case .wipe(let fault): fault
    case .rollingRestart(let fault): fault
    case .rollingUpgrade(let fault): fault
    case .clockStep(let fault): fault
    case .clockFreeze(let fault): fault
    case .clockSlew(let fault): fault
    case .leapSmear(let fault): fault
    case .timeSyncFailure(let fault): fault
    case .twins(let fault): fault
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
