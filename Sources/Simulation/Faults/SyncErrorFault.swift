public import ProtocolKit

/// Makes every sync fail; the page cache then drops what it could not write, or keeps it.
///
/// Rebello and others, *Can Applications Recover from fsync Failures?* (2020), describe both.
public struct SyncErrorFault: FaultBehaviour, Hashable {
  static let guide = FaultGuide(
    summary:
      "Every sync of a node's journal fails, and the page cache drops or keeps what "
      + "it could not write.",
    semantics:
      "Needs a disk of sectors (disk: { model: \"sectors\" }). Dropped pages count as "
      + "written: later syncs succeed without them, reads show them until the power "
      + "fails, and they never reach the disk. Kept pages are tried again. When the "
      + "fault ends the node starts again if it had stopped.",
    parameters: [
      "caches: which of dropped and kept are drawn (default: both)"
    ])

  /// The victim.
  public let node: NodeID
  /// What the page cache does with what it could not write.
  public let cache: PageCache

  /// The fault in words.
  public var description: String { "syncs of \(node) fail, pages are \(cache.rawValue)" }

  var nodeDown: NodeID? { node }

  /// Creates the fault of a node.
  public init(node: NodeID, cache: PageCache) {
    self.node = node
    self.cache = cache
  }

  func begin(in world: inout some FaultTarget) {
    world.disturbDisk(of: node, .syncError(cache))
  }

  func end(in world: inout some FaultTarget) throws(InvariantViolation) {
    world.relieveDisk(of: node, .syncError(cache))
    try world.restart(node)
  }
}
