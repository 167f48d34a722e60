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
  /// A process stops right after it reached a mark.
  case aimedPause = "aimed-pause"
  /// A node takes its time for every event.
  case slowNode = "slow-node"
  /// A process crashes again after each restart.
  case crashLoop = "crash-loop"
  /// A machine returns with an empty journal.
  case wipe
  /// All servers restart, one after the other.
  case rollingRestart = "rolling-restart"
  /// All servers restart with another release, one after the other.
  case rollingUpgrade = "rolling-upgrade"
  /// A wall clock jumps.
  case clockStep = "clock-step"
  /// A clock stands still.
  case clockFreeze = "clock-freeze"
  /// A wall clock is corrected gradually.
  case clockSlew = "clock-slew"
  /// A wall clock absorbs a leap second.
  case leapSmear = "leap-smear"
  /// Time synchronisation fails.
  case timeSyncFailure = "time-sync-failure"
  /// A server acts as two.
  case twins

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
    case .aimedPause: AimedPauseFault.guide
    case .slowNode: SlowNodeFault.guide
    case .crashLoop: CrashLoopFault.guide
    case .wipe: WipeFault.guide
    case .rollingRestart: RollingRestartFault.guide
    case .rollingUpgrade: RollingUpgradeFault.guide
    case .clockStep: ClockStepFault.guide
    case .clockFreeze: ClockFreezeFault.guide
    case .clockSlew: ClockSlewFault.guide
    case .leapSmear: LeapSmearFault.guide
    case .timeSyncFailure: TimeSyncFailureFault.guide
    case .twins: TwinsFault.guide
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
    case .aimedPause: "aimed-pauses"
    case .slowNode: "events-slowed"
    case .crashLoop, .rollingRestart: "crashes"
    case .wipe: "journals-wiped"
    case .rollingUpgrade: "releases-installed"
    case .clockStep: "clock-steps"
    case .clockFreeze: "clock-freezes"
    case .clockSlew, .leapSmear: "clock-slews"
    case .timeSyncFailure: "clock-syncs-spoilt"
    case .twins: "messages-to-twins"
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
    case .aimedPause: 40
    case .slowNode: 41
    case .crashLoop: 42
    case .wipe: 43
    case .rollingRestart: 44
    case .rollingUpgrade: 45
    case .clockStep: 46
    case .clockFreeze: 47
    case .clockSlew: 48
    case .leapSmear: 49
    case .timeSyncFailure: 50
    case .twins: 51
    }
  }

  /// Whether it does something only to a disk of sectors.
  public var needsSectors: Bool {
    switch self {
    case .cut, .clog, .crash, .powerLoss, .pause, .clock, .slowDisk, .stalledDisk, .aimedPause,
      .slowNode, .crashLoop, .wipe, .rollingRestart, .rollingUpgrade, .clockStep, .clockFreeze,
      .clockSlew, .leapSmear, .timeSyncFailure, .twins:
      false
    case .fullDisk, .syncError, .tornWrite, .bitRot, .latentSectorError, .misdirectedWrite: true
    }
  }
}
