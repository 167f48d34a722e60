import Determinism
import ProtocolKit

/// A kind of fault, whole in its file: name, parameters, victims, needs, evidence and effect.
///
/// `FaultKind.allCases` lists the types; everything else about a kind stands in its own file.
protocol FaultType: Hashable, Sendable, CustomStringConvertible {
  /// The name that scenarios use.
  static var name: String { get }
  /// The number by which draws are keyed; part of what a seed means, so never changed.
  static var key: UInt64 { get }
  /// What the fault does and does not do.
  static var guide: FaultGuide { get }
  /// What `FaultEvidence` counts that shows that it really hit something.
  static var evidence: FaultEvidence.Effect { get }
  /// Whether it does something only to a disk of sectors.
  static var needsSectors: Bool { get }
  /// Whether a contract that lists no kinds promises to survive it.
  static var isPromised: Bool { get }

  /// What a profile says about it, from which each occurrence is drawn.
  static var drawn: [FaultParameter] { get }
  /// What a script says about it.
  static var scripted: [FaultParameter] { get }
  /// Refuses a part of a profile from which nothing sensible could be drawn.
  static func validate(_ draft: FaultDraft) throws(FaultComplaint)
  /// Draws one occurrence, as one or several entries of a plan; none when there is no victim.
  static func draw(_ occasion: FaultOccasion, by draw: Draw) -> [FaultPlan.Entry]
  /// What a script asks for, as one or several entries of a plan.
  static func script(_ script: FaultScript) throws(FaultComplaint) -> [FaultPlan.Entry]

  /// The nodes that it hits themselves; none for faults of links and pauses that wait for a mark.
  var victims: [NodeID] { get }
  /// The node that is or may be down while the fault lasts, if there is one.
  var nodeDown: NodeID? { get }
  /// Whether that node may have to stay down for good.
  var isLasting: Bool { get }
  /// Whether something of it is left when it has ended: a clock that is wrong, records that are gone.
  var leavesTraces: Bool { get }
  /// Whether its victims stand still while it lasts.
  var isPause: Bool { get }
  /// How much faster it makes a clock run, in parts per billion.
  var drift: Int64 { get }
  /// What it does, to follow its name in a sentence; nil if the description has to do.
  var predicate: String? { get }
  /// Whether it keeps messages of a link from arriving in time.
  func obstructs(from sender: NodeID, to recipient: NodeID) -> Bool
  /// The fault as it hits a world in which this leads some nodes: the same unless it looks for it.
  func aimed(at leader: ([NodeID]) -> NodeID?) -> Self

  /// Lets the fault happen.
  func begin(in world: inout some FaultTarget) throws(InvariantViolation)
  /// Takes it back.
  func end(in world: inout some FaultTarget) throws(InvariantViolation)
}

/// What holds for most kinds.
extension FaultType {
  static var needsSectors: Bool { false }
  static var isPromised: Bool { true }
  static var drawn: [FaultParameter] { [] }
  static func validate(_ draft: FaultDraft) throws(FaultComplaint) {}

  var victims: [NodeID] { [] }
  var nodeDown: NodeID? { nil }
  var isLasting: Bool { false }
  var leavesTraces: Bool { isLasting }
  var isPause: Bool { false }
  var drift: Int64 { 0 }
  var predicate: String? { nil }
  func obstructs(from sender: NodeID, to recipient: NodeID) -> Bool { false }
  func aimed(at leader: ([NodeID]) -> NodeID?) -> Self { self }
}

/// A kind of fault that hits one node, or every possible victim in a domain, one occurrence each.
protocol NodeFaultType: FaultType {
  /// The victim.
  var node: NodeID { get }
  /// Draws the fault of a victim.
  static func draw(at node: NodeID, on occasion: FaultOccasion, by draw: Draw) -> Self
  /// The fault of a victim that a script asks for.
  static func script(at node: NodeID, as script: FaultScript) throws(FaultComplaint) -> Self
}

extension NodeFaultType {
  static var scripted: [FaultParameter] { [.victim] }

  static func draw(_ occasion: FaultOccasion, by draw: Draw) -> [FaultPlan.Entry] {
    occasion.victims(draw.purpose(1)).map { node in
      occasion.entry(Self.draw(at: node, on: occasion, by: draw.purpose(2)))
    }
  }

  static func script(_ script: FaultScript) throws(FaultComplaint) -> [FaultPlan.Entry] {
    [script.entry(try Self.script(at: script.victim, as: script))]
  }

  var victims: [NodeID] { [node] }
}

/// A kind that says nothing but whom it hits.
protocol PlainNodeFaultType: NodeFaultType {
  /// Creates the fault of a victim.
  init(node: NodeID)
}

extension PlainNodeFaultType {
  static func draw(at node: NodeID, on occasion: FaultOccasion, by draw: Draw) -> Self {
    Self(node: node)
  }

  static func script(at node: NodeID, as script: FaultScript) -> Self { Self(node: node) }
}

/// What the catalogue of faults says about one kind.
public struct FaultGuide: Hashable, Sendable {
  /// What the fault does, in one sentence.
  public let summary: String
  /// What it does, and what it does not do, to node, network, disk and clock.
  public let semantics: String
}
