public import ProtocolKit

/// One fault of some kind with its parameters: what happens, not when.
public struct Fault: Sendable {
  /// What the fault does; looked up when it begins and ends, never for an event.
  let behaviour: any FaultType

  init(_ behaviour: some FaultType) {
    self.behaviour = behaviour
  }

  /// The kind, without parameters.
  public var kind: FaultKind { FaultKind(type(of: behaviour)) }

  /// The fault as one of its kind; nil if it is of another.
  public func `as`<Behaviour>(_ type: Behaviour.Type) -> Behaviour? {
    behaviour as? Behaviour
  }

  /// The nodes that it hits themselves; none for faults of links and pauses that wait for a mark.
  public var victims: [NodeID] { behaviour.victims }

  /// Whether it keeps messages of a link from arriving in time.
  public func obstructs(from sender: NodeID, to recipient: NodeID) -> Bool {
    behaviour.obstructs(from: sender, to: recipient)
  }

  /// Whether its victims do not run while it lasts.
  public var isDowntime: Bool { behaviour.nodeDown != nil && !behaviour.isLasting }

  /// Whether something of it is left when it has ended, apart from the course that things took:
  /// a clock that is wrong, a disk that is damaged, another release.
  public var leavesTraces: Bool { behaviour.leavesTraces }

  /// Whether its victims stand still while it lasts.
  public var isPause: Bool { behaviour.isPause }

  /// What it does, as a sentence about it without a full stop.
  public func sentence(named name: String) -> String {
    behaviour.predicate.map { "\(name) \($0)" } ?? "\(name): \(self)"
  }

  /// The fault as it hits a world in which this leads some nodes: the same unless it looks for it.
  func aimed(at leader: ([NodeID]) -> NodeID?) -> Fault {
    func aimed(_ behaviour: some FaultType) -> Fault { Fault(behaviour.aimed(at: leader)) }
    return aimed(behaviour)
  }
}

extension Fault: Hashable {
  /// Whether both are of one kind and equal.
  public static func == (left: Fault, right: Fault) -> Bool {
    func isEqual<Behaviour: FaultType>(_ behaviour: Behaviour) -> Bool {
      right.as(Behaviour.self) == behaviour
    }
    return isEqual(left.behaviour)
  }

  /// Hashes the fault with its parameters.
  public func hash(into hasher: inout Hasher) {
    behaviour.hash(into: &hasher)
  }
}

extension Fault: CustomStringConvertible {
  /// The fault in words.
  public var description: String { behaviour.description }
}
