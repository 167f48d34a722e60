/// The kinds of fault, by the names that scenarios use.
public enum FaultKind: String, Hashable, Sendable, CaseIterable {
  /// Links lose every message.
  case cut = "partition"
  /// A process dies and starts again.
  case crash
  /// A machine loses power and starts again.
  case powerLoss = "power-loss"
  /// A process stands still.
  case pause
  /// A node's clocks are wrong.
  case clock
  /// Links hold every message.
  case clog
  /// A disk takes longer for every sync.
  case slowDisk = "slow-disk"
  /// A disk ends no sync.
  case stalledDisk = "stalled-disk"
  /// A disk has no room for more.
  case fullDisk = "full-disk"
  /// Every sync of a disk fails.
  case syncError = "fsync-error"
  /// A loss of power tears a sector.
  case tornWrite = "torn-write"
  /// A bit on a disk turns over.
  case bitRot = "bit-rot"
  /// A sector of a disk cannot be read any more.
  case latentSectorError = "latent-sector-error"
  /// A disk writes a sector to the wrong place.
  case misdirectedWrite = "misdirected-write"

  /// What the catalogue says about this kind.
  public var guide: FaultGuide {
    switch self {
    case .cut: CutFault.guide
    case .crash: CrashFault.guide
    case .powerLoss: PowerLossFault.guide
    case .pause: PauseFault.guide
    case .clock: ClockFault.guide
    case .clog: ClogFault.guide
    case .slowDisk: SlowDiskFault.guide
    case .stalledDisk: StalledDiskFault.guide
    case .fullDisk: FullDiskFault.guide
    case .syncError: SyncErrorFault.guide
    case .tornWrite: TornWriteFault.guide
    case .bitRot: BitRotFault.guide
    case .latentSectorError: LatentSectorErrorFault.guide
    case .misdirectedWrite: MisdirectedWriteFault.guide
    }
  }

  /// The name of the evidence that it really hit something.
  public var evidence: String {
    switch self {
    case .cut: "messages-cut"
    case .crash: "crashes"
    case .powerLoss: "power-losses"
    case .pause: "pauses"
    case .clock: "clock-changes"
    case .clog: "messages-clogged"
    case .slowDisk: "disks-slowed"
    case .stalledDisk: "disks-stalled"
    case .fullDisk: "disks-filled"
    case .syncError: "syncs-failed"
    case .tornWrite: "sectors-torn"
    case .bitRot: "bits-flipped"
    case .latentSectorError: "sectors-unreadable"
    case .misdirectedWrite: "sectors-misdirected"
    }
  }

  /// The number by which draws are keyed; part of what a seed means, so never changed.
  var keyNumber: UInt64 {
    switch self {
    case .cut: 1
    case .crash: 2
    case .powerLoss: 3
    case .pause: 4
    case .clock: 5
    case .clog: 6
    case .slowDisk: 20
    case .stalledDisk: 21
    case .fullDisk: 22
    case .syncError: 23
    case .tornWrite: 24
    case .bitRot: 25
    case .latentSectorError: 26
    case .misdirectedWrite: 27
    }
  }

  /// Whether it does something only to a disk of sectors.
  public var needsSectors: Bool {
    switch self {
    case .cut, .clog, .crash, .powerLoss, .pause, .clock, .slowDisk, .stalledDisk: false
    case .fullDisk, .syncError, .tornWrite, .bitRot, .latentSectorError, .misdirectedWrite: true
    }
  }
}
