public import ProtocolKit

/// Conditions that differ from the rest of the network for some links.
public struct LinkException: Hashable, Sendable {
  /// The senders.
  public let from: [NodeID]
  /// The recipients.
  public let to: [NodeID]
  /// What applies to every link from one of these senders to one of these recipients.
  public let conditions: LinkConditions

  /// Creates an exception.
  public init(from: [NodeID], to: [NodeID], conditions: LinkConditions) {
    self.from = from
    self.to = to
    self.conditions = conditions
  }
}
