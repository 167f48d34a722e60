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

  /// What the catalogue says about this kind.
  public var guide: FaultGuide {
    switch self {
    case .cut: CutFault.guide
    case .crash: CrashFault.guide
    case .powerLoss: PowerLossFault.guide
    case .pause: PauseFault.guide
    case .clock: ClockFault.guide
    case .clog: ClogFault.guide
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
    }
  }
}
