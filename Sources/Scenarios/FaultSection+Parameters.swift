import Text
import Determinism
import ProtocolKit
import Simulation

/// How the parameters of each kind of fault are read, from which seeds draw.
extension FaultParameters {
  init(
    _ kind: FaultKind, _ section: inout StrictObject, _ cluster: ClusterShape,
    _ domains: [[NodeID]]
  ) throws(ScenarioError) {
    switch kind {
    case .cut:
      self = .cut(shapes: try Self.shapes(&section, cluster, domains))
    case .clog: self = .clog
    case .crash: self = .crash
    case .powerLoss: self = .powerLoss
    case .pause: self = .pause
    case .wipe: self = .wipe
    case .twins: self = .twins
    case .aimedPause:
      self = .aimedPause(
        mark: try section.required("after").string(),
        probability: try section.optional("probability")?.ratio() ?? .percent(100),
        lasts: try section.required("pause").durationRange())
    case .slowNode:
      self = .slowNode(service: try section.required("service").durationRange())
    case .crashLoop:
      self = .crashLoop(
        down: try section.required("down").durationRange(),
        up: try section.required("up").durationRange())
    case .rollingRestart: self = .rollingRestart(gap: try section.gap())
    case .rollingUpgrade:
      self = .rollingUpgrade(version: try section.release(), gap: try section.gap())
    case .clock, .clockStep, .clockFreeze, .clockSlew, .leapSmear, .timeSyncFailure:
      try self.init(clocks: kind, &section)
    case .slowDisk, .stalledDisk, .fullDisk, .syncError, .tornWrite, .bitRot, .latentSectorError,
      .misdirectedWrite:
      try self.init(disks: kind, &section)
    }
  }

  private static func shapes(
    _ section: inout StrictObject, _ cluster: ClusterShape, _ domains: [[NodeID]]
  ) throws(ScenarioError) -> [CutFault.Shape] {
    let shapes = try section.optional("shapes")?.list { (value) throws(ScenarioError) in
      let shape = try FaultSection.possibleShape(value, cluster)
      guard shape != .zone || !domains.isEmpty else {
        throw value.failure("shape \"zone\" needs domains", hint: FaultSection.domainsHint)
      }
      return shape
    }
    return shapes ?? CutFault.Shape.basic
  }

  private init(disks kind: FaultKind, _ section: inout StrictObject) throws(ScenarioError) {
    switch kind {
    case .slowDisk:
      self = .slowDisk(factorMost: try section.optional("factor")?.integer(in: 2...1_000) ?? 10)
    case .fullDisk: self = .fullDisk
    case .syncError:
      let caches = try section.optional("caches")?.list { (value) throws(ScenarioError) in
        try value.choice(of: "page cache", as: PageCache.self)
      }
      self = .syncError(caches: caches ?? PageCache.allCases)
    case .tornWrite: self = .tornWrite
    case .bitRot: self = .bitRot
    case .latentSectorError: self = .latentSectorError
    case .misdirectedWrite: self = .misdirectedWrite
    default: self = .stalledDisk
    }
  }

  private init(clocks kind: FaultKind, _ section: inout StrictObject) throws(ScenarioError) {
    switch kind {
    case .clockStep: self = .clockStep(most: try section.required("step").duration())
    case .clockFreeze:
      self = .clockFreeze(includesMonotonic: try section.optional("both")?.boolean() ?? false)
    case .clockSlew:
      self = .clockSlew(rateMost: try section.required("rate_ppb").integer(in: 0...500_000_000))
    case .leapSmear: self = .leapSmear
    case .timeSyncFailure:
      self = .timeSyncFailure(falseByMost: try section.optional("false_by")?.duration())
    default:
      self = .clock(
        driftMost: try section.optional("drift_ppb")?.integer(in: 0...500_000_000) ?? 0,
        stepMost: try section.optional("step")?.duration() ?? .zero)
    }
  }
}

extension StrictObject {
  /// The time between one server's return and the next one's restart.
  mutating func gap() throws(ScenarioError) -> Nanoseconds {
    try optional("gap")?.duration() ?? .milliseconds(50)
  }

  /// The number of a release.
  mutating func release() throws(ScenarioError) -> Int {
    try optional("to")?.integer(in: 1...1_000) ?? 2
  }
}
