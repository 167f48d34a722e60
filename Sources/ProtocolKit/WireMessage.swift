public import Determinism

/// What travels between nodes: it can be fingerprinted, described, measured and damaged.
public protocol WireMessage: Sendable, Visitable, CustomStringConvertible {
  /// What the machines that speak so tell rules about what they did, where their state does not show it.
  associatedtype Observation: Sendable = Never

  /// How many bytes it takes on a link of limited bandwidth; an estimate will do.
  var wireSize: Int { get }

  /// What a damaged copy says, or nil if damage leaves nothing that could be read.
  ///
  /// Only links that trust whatever arrives ask for it; others find the damage by a checksum.
  func corrupted(_ draw: Draw) -> Self?
}

extension WireMessage {
  /// A small datagram.
  public var wireSize: Int { 64 }

  /// Nothing that could be read.
  public func corrupted(_ draw: Draw) -> Self? { nil }
}
