import Text
import Determinism
import ProtocolKit
import Simulation

/// How scripted faults of disks are read.
extension FaultSection {
  static func diskFault(
    _ kind: FaultKind, _ section: inout StrictObject, at node: NodeID
  ) throws(ScenarioError) -> Fault {
    switch kind {
    case .slowDisk:
      let factor: Int64 = try section.optional("factor")?.integer(in: 2...1_000) ?? 10
      return .slowDisk(SlowDiskFault(node: node, factor: factor))
    case .stalledDisk: return .stalledDisk(StalledDiskFault(node: node))
    case .fullDisk: return .fullDisk(FullDiskFault(node: node))
    case .syncError:
      let cache: PageCache = try section.optional("cache")?.choice(of: "page cache") ?? .dropped
      return .syncError(SyncErrorFault(node: node, cache: cache))
    case .tornWrite: return .tornWrite(TornWriteFault(node: node))
    case .bitRot: return .bitRot(BitRotFault(node: node, place: try place(&section)))
    case .latentSectorError:
      return .latentSectorError(LatentSectorErrorFault(node: node, place: try place(&section)))
    case .misdirectedWrite:
      return .misdirectedWrite(MisdirectedWriteFault(node: node, place: try place(&section)))
    default: return .stalledDisk(StalledDiskFault(node: node))
    }
  }

  /// The number that says which bit or sector is hit.
  private static func place(_ section: inout StrictObject) throws(ScenarioError) -> UInt64 {
    try section.optional("place")?.integer(in: 0...1_000_000_000_000) ?? 0
  }
}
