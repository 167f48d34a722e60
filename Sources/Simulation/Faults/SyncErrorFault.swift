import Determinism
public import ProtocolKit

/// Makes every sync fail; the page cache then drops what it could not write, or keeps it.
///
/// Rebello and others, *Can Applications Recover from fsync Failures?* (2020), describe both.
public struct SyncErrorFault: NodeFaultType {
  static let name = "fsync-error"
  static let key: UInt64 = 23
  static let evidence = FaultEvidence.Effect.syncsFailed
  static let needsSectors = true
  static let drawn = [
    FaultParameter(
      "caches", as: .names(noun: "page cache", among: PageCache.allCases.map(\.rawValue)),
      absence: .standard(.names(PageCache.allCases.map(\.rawValue)), "both"),
      meaning: "which of dropped and kept are drawn")
  ]
  static let scripted: [FaultParameter] = [
    .victim,
    FaultParameter(
      "cache", as: .name(noun: "page cache", among: PageCache.allCases.map(\.rawValue)),
      absence: .standard(.text(PageCache.dropped.rawValue), PageCache.dropped.rawValue),
      meaning: "dropped or kept"),
  ]
  static let guide = FaultGuide(
    summary:
      "Every sync of a node's journal fails, and the page cache drops or keeps what "
      + "it could not write.",
    semantics:
      "Needs a disk of sectors (disk: { model: \"sectors\" }). Dropped pages count as "
      + "written: later syncs succeed without them, reads show them until the power "
      + "fails, and they never reach the disk. Kept pages are tried again. When the "
      + "fault ends the node starts again if it had stopped.")

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

  static func draw(at node: NodeID, on occasion: FaultOccasion, by draw: Draw) -> Self {
    let caches = occasion.values.cases("caches", of: PageCache.self)
    return Self(node: node, cache: draw.element(of: caches) ?? .dropped)
  }

  static func script(at node: NodeID, as script: FaultScript) -> Self {
    Self(node: node, cache: PageCache(rawValue: script.values["cache"]) ?? .dropped)
  }

  var leavesTraces: Bool { true }

  func begin(in world: inout some FaultTarget) {
    world.disturbDisk(of: node, .syncError(cache))
  }

  func end(in world: inout some FaultTarget) throws(InvariantViolation) {
    world.relieveDisk(of: node, .syncError(cache))
    try world.startAgain(node)
  }
}

extension Fault {
  /// Every sync of a disk fails.
  public static func syncError(_ fault: SyncErrorFault) -> Fault { Fault(fault) }
}

extension FaultKind {
  /// Every sync of a disk fails.
  public static let syncError = FaultKind(SyncErrorFault.self)
}
