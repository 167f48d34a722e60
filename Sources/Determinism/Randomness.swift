/// Where a random draw is made; part of its key, so that no two sites share draws.
///
/// The numbers are part of what a seed means: never reuse or renumber one.
public enum Site: UInt64, Sendable, CaseIterable {
  /// What happens to one message on one link: loss, delay, duplicate, place among ties.
  case message = 1
  /// A choice that a node makes for itself, such as an election timeout.
  case nodeChoice = 2
  /// The place of a timer among events of the same instant.
  case timerTie = 3
  /// How long a journal takes to reach the disk.
  case journalSync = 4
  /// The offsets and drifts of a node's clocks.
  case clock = 5
  /// Which faults a run has, where, when and for how long.
  case faultPlan = 6
  /// Which features and intensities a run has switched on.
  case swarm = 7
  /// The seed of the nth run of a campaign.
  case campaign = 8
  /// The place of a fault or a start among events of the same instant.
  case worldTie = 9
  /// Which unsynced sectors a loss of power spares, and where it tears one.
  case powerLoss = 10
  /// Whether a pause aimed at a mark hits, and how long it lasts.
  case aimedPause = 40
  /// When and how wrongly a node synchronises its wall clock.
  case clockSync = 41
  /// Which of two copies of a server a message reaches.
  case twin = 42
  /// The seeds of the futures that a world could have had instead.
  case future = 43
  /// Which of the values that a scenario lists a seed has.
  case variation = 44
}

/// The source of every random choice in a world: a pure function from keys to draws.
///
/// Nothing is consumed. Adding a draw, a node or a fault leaves every other draw alone, which is
/// what shrinking, counterfactuals and seeds that survive refactoring depend on.
public struct Randomness: Hashable, Sendable {
  /// The seed of the world.
  public let seed: UInt64

  private let mixedSeed: UInt64

  /// Creates the randomness of the world with this seed.
  public init(seed: UInt64) {
    self.seed = seed
    mixedSeed = fold(seed ^ MixingConstant.pi, MixingConstant.rootTwo &+ seed)
  }

  /// The draw at a site, for a subject (a node, a link …), for the nth time.
  @inline(__always)
  public func draw(_ site: Site, _ subject: UInt64 = 0, _ ordinal: UInt64 = 0) -> Draw {
    let place = fold(
      mixedSeed ^ (site.rawValue &* MixingConstant.goldenRatio), subject ^ MixingConstant.euler)
    let time = fold(place ^ MixingConstant.rootTwo, ordinal &+ MixingConstant.goldenRatio)
    return Draw(key: time &+ place)
  }
}

/// One keyed random draw: 64 uniform bits, and independent further draws for other purposes.
public struct Draw: Hashable, Sendable {
  private let key: UInt64

  @inline(__always)
  init(key: UInt64) {
    self.key = key
  }

  /// 64 uniformly distributed bits, always the same for the same key.
  @inline(__always)
  public var bits: UInt64 {
    let state = key &+ MixingConstant.goldenRatio
    return fold(state, state ^ MixingConstant.euler)
  }

  /// A further draw under the same key, independent of this one and of those for other purposes.
  @inline(__always)
  public func purpose(_ number: UInt64) -> Draw {
    Draw(key: fold(key ^ MixingConstant.pi, (number &+ 1) &* MixingConstant.rootTwo) &+ key)
  }

  /// A whole number below the bound, uniform up to a bias of bound / 2⁶⁴; a bound of zero gives zero.
  @inline(__always)
  public func below(_ bound: UInt64) -> UInt64 {
    bits.multipliedFullWidth(by: bound).high
  }

  /// Whether an event of this probability happens.
  @inline(__always)
  public func happens(_ probability: Ratio) -> Bool {
    below(probability.denominator) < probability.numerator
  }

  /// A span between two bounds, both possible.
  @inline(__always)
  public func between(_ shortest: Nanoseconds, _ longest: Nanoseconds) -> Nanoseconds {
    let width = UInt64(Swift.max(0, longest.count - shortest.count)) + 1
    return Nanoseconds(shortest.count + Int64(below(width)))
  }
}
