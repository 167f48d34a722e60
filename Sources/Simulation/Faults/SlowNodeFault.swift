public import Determinism
public import ProtocolKit

/// Makes a node slow: it takes a service time for every event, so that queues form.
///
/// One event is worked on at a time, in order of arrival, and its handler runs when the service
/// ends. At the end of the fault all that waits is handled at once, in order.
public struct SlowNodeFault: NodeFaultType {
  static let name = "slow-node"
  static let key: UInt64 = 41
  static let evidence = FaultEvidence.Effect.eventsSlowed
  static let drawn = [
    FaultParameter(
      "service", as: .span,
      meaning: "the shortest and the longest service time for one event; drawn once")
  ]
  static let scripted: [FaultParameter] = [
    .victim,
    FaultParameter("service", as: .duration, meaning: "the service time for one event"),
  ]
  static let guide = FaultGuide(
    summary:
      "A node takes a service time for every message, timer and sync report, so that "
      + "queues form.",
    semantics:
      "One event is worked on at a time, in order of arrival; its handler runs, and its "
      + "messages leave, when its service time is over. Further ones wait in the inbox, "
      + "messages up to limits.inbox. Clocks and the disk keep their speed. At the end "
      + "all that waits is handled at once, in order; service times of several faults add "
      + "up.")

  /// The victim.
  public let node: NodeID
  /// How long each event takes.
  public let service: Nanoseconds

  /// The fault in words.
  public var description: String { "\(node) takes \(service) for every event" }

  /// Creates a slow node.
  public init(node: NodeID, service: Nanoseconds) {
    self.node = node
    self.service = service
  }

  static func draw(at node: NodeID, on occasion: FaultOccasion, by draw: Draw) -> Self {
    Self(node: node, service: draw.between(occasion.values["service"]))
  }

  static func script(at node: NodeID, as script: FaultScript) -> Self {
    Self(node: node, service: script.values["service"])
  }

  func begin(in world: inout some FaultTarget) {
    world.slow(node, by: service)
  }

  func end(in world: inout some FaultTarget) {
    world.slow(node, by: .zero - service)
  }
}

extension Fault {
  /// A node takes its time for every event.
  public static func slowNode(_ fault: SlowNodeFault) -> Fault { Fault(fault) }
}

extension FaultKind {
  /// A node takes its time for every event.
  public static let slowNode = FaultKind(SlowNodeFault.self)
}
