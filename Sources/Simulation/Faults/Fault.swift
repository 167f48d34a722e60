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

  /// The kind, without parameters.
  public var kind: FaultKind {
    switch self {
    case .cut: .cut
    case .crash: .crash
    case .powerLoss: .powerLoss
    case .pause: .pause
    case .clock: .clock
    }
  }

  func begin(in world: inout some FaultTarget) throws(InvariantViolation) {
    switch self {
    case .cut(let fault): fault.begin(in: &world)
    case .crash(let fault): fault.begin(in: &world)
    case .powerLoss(let fault): fault.begin(in: &world)
    case .pause(let fault): fault.begin(in: &world)
    case .clock(let fault): fault.begin(in: &world)
    }
  }

  func end(in world: inout some FaultTarget) throws(InvariantViolation) {
    switch self {
    case .cut(let fault): fault.end(in: &world)
    case .crash(let fault): try fault.end(in: &world)
    case .powerLoss(let fault): try fault.end(in: &world)
    case .pause(let fault): fault.end(in: &world)
    case .clock(let fault): fault.end(in: &world)
    }
  }
}

extension Fault: CustomStringConvertible {
  /// The fault in words.
  public var description: String {
    switch self {
    case .cut(let fault): fault.description
    case .crash(let fault): "crash \(fault.node)"
    case .powerLoss(let fault): "power loss at \(fault.node)"
    case .pause(let fault): "pause \(fault.node)"
    case .clock(let fault): fault.description
    }
  }
}

/// The kinds of fault, by the names that scenarios use.
public enum FaultKind: String, Hashable, Sendable, CaseIterable {
  /// Links lose every message.
  case cut = "partition"
  /// A process dies and starts again.
  case crash
  /// A machine loses power and starts again.
  case powerLoss = "power-loss"
  /// A process stands still.
  case pause
  /// A node's clocks are wrong.
  case clock

  /// What the fault does, in one sentence.
  public var summary: String {
    switch self {
    case .cut: CutFault.summary
    case .crash: CrashFault.summary
    case .powerLoss: PowerLossFault.summary
    case .pause: PauseFault.summary
    case .clock: ClockFault.summary
    }
  }
}

/// What a fault can do to a world.
protocol FaultTarget {
  /// Cuts one direction of a link; cuts add up.
  mutating func cut(from: NodeID, to: NodeID)
  /// Takes back one cut.
  mutating func mend(from: NodeID, to: NodeID)
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
}
