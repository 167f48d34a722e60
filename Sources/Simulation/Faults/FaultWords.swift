public import ProtocolKit

/// What the story of a run needs to know about faults: whom they hit, and how to say it.
extension Fault {
  /// The nodes that it hits themselves; none for faults of links and for pauses that wait for a mark.
  public var victims: [NodeID] {
    switch self {
    case .cut, .clog, .aimedPause: []
    case .crash(let fault): [fault.node]
    case .powerLoss(let fault): [fault.node]
    case .pause(let fault): [fault.node]
    case .clock(let fault): [fault.node]
    case .slowDisk(let fault): [fault.node]
    case .stalledDisk(let fault): [fault.node]
    case .fullDisk(let fault): [fault.node]
    case .syncError(let fault): [fault.node]
    case .tornWrite(let fault): [fault.node]
    case .bitRot(let fault): [fault.node]
    case .latentSectorError(let fault): [fault.node]
    case .misdirectedWrite(let fault): [fault.node]
    case .slowNode(let fault): [fault.node]
    case .crashLoop(let fault): [fault.node]
    case .wipe(let fault): [fault.node]
    case .rollingRestart(let fault): [fault.node]
    case .rollingUpgrade(let fault): [fault.node]
    case .clockStep(let fault): [fault.node]
    case .clockFreeze(let fault): [fault.node]
    case .clockSlew(let fault): [fault.node]
    case .leapSmear(let fault): [fault.node]
    case .timeSyncFailure(let fault): [fault.node]
    case .twins(let fault): [fault.node]
    }
  }

  /// Whether it keeps messages of a link from arriving in time.
  public func obstructs(from sender: NodeID, to recipient: NodeID) -> Bool {
    switch self {
    case .cut(let cut): cut.separates(sender, from: recipient)
    case .clog(let clog): clog.holdsUp(from: sender, to: recipient)
    default: false
    }
  }

  /// Whether its victims do not run while it lasts.
  public var isDowntime: Bool { behaviour.nodeDown != nil && !behaviour.isLasting }

  /// Whether its victims stand still while it lasts.
  public var isPause: Bool {
    if case .pause = self { true } else { false }
  }

  /// What it does, as a sentence about it without a full stop.
  public func sentence(named name: String) -> String {
    predicate.map { "\(name) \($0)" } ?? "\(name): \(self)"
  }

  private var predicate: String? {
    switch self {
    case .cut(let cut): cut.predicate
    case .clog(let clog): "holds up all messages on the links of \(clog)"
    case .crash(let fault): "kills the process of \(fault.node)"
    case .powerLoss(let fault): "takes the power from \(fault.node)"
    case .pause(let fault): "makes the process of \(fault.node) stand still"
    case .aimedPause(let fault):
      "makes \(CutFault.enumerate(fault.nodes, "or")) stand still right after \(fault.mark)"
    default: nil
    }
  }
}

extension CutFault {
  fileprivate var predicate: String {
    switch shape {
    case .ring: "lets \(Self.enumerate(group)) hear only their neighbours in this circle"
    case .oneWay: "loses everything from \(Self.enumerate(group)) to \(Self.enumerate(others))"
    default: "cuts \(Self.enumerate(group)) off from \(Self.enumerate(others))"
    }
  }

  /// Names as a sentence lists them.
  fileprivate static func enumerate(_ nodes: [NodeID], _ conjunction: String = "and") -> String {
    let names = nodes.map(\.description)
    guard names.count > 1, let last = names.last else { return names.joined() }
    return names.dropLast().joined(separator: ", ") + " \(conjunction) " + last
  }
}
