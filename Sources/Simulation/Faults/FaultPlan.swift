public import Determinism
public import ProtocolKit

/// Which faults a run has, when they begin and how long they last: plain data, sampled or scripted.
public struct FaultPlan: Hashable, Sendable {
  /// One fault with its time.
  public struct Entry: Hashable, Sendable {
    /// When it begins.
    public let begins: Instant
    /// How long it lasts.
    public let lasts: Nanoseconds
    /// What happens.
    public let fault: Fault

    /// Creates an entry.
    public init(begins: Instant, lasts: Nanoseconds, fault: Fault) {
      self.begins = begins
      self.lasts = lasts
      self.fault = fault
    }
  }

  /// The faults; their order is part of the digest, but decides only ties at the same instant.
  public var entries: [Entry]

  /// Creates a plan.
  public init(_ entries: [Entry] = []) {
    self.entries = entries
  }
}

/// Who is in a cluster: the first nodes are servers, the rest clients.
public struct ClusterShape: Hashable, Sendable {
  /// The number of servers.
  public let serverCount: Int
  /// The number of clients.
  public let clientCount: Int

  /// Creates a shape.
  public init(serverCount: Int, clientCount: Int) {
    self.serverCount = serverCount
    self.clientCount = clientCount
  }

  /// The number of nodes.
  public var nodeCount: Int { serverCount + clientCount }

  /// Everyone but some, servers first.
  func nodes(apartFrom group: [NodeID]) -> [NodeID] {
    (servers + clients).filter { !group.contains($0) }
  }

  /// The servers in order.
  public var servers: [NodeID] { (0..<serverCount).map { NodeID($0) } }

  /// The clients in order.
  public var clients: [NodeID] { (serverCount..<nodeCount).map { NodeID($0) } }
}
