public import Determinism

/// Which faults may happen and how often: the distribution that a seed draws its plan from.
public struct FaultProfile: Hashable, Sendable {
  /// How often a fault begins, and how long it lasts.
  public struct Rhythm: Hashable, Sendable {
    /// The mean time between two beginnings; gaps are exponential.
    public let every: Nanoseconds
    /// The shortest it lasts.
    public let shortest: Nanoseconds
    /// The longest it lasts.
    public let longest: Nanoseconds

    /// Creates a rhythm.
    public init(every: Nanoseconds, shortest: Nanoseconds, longest: Nanoseconds) {
      self.every = every
      self.shortest = shortest
      self.longest = longest
    }
  }

  /// Who can be hit by faults of a node.
  public enum Victims: String, Hashable, Sendable, CaseIterable {
    /// Servers only.
    case servers
    /// Clients only.
    case clients
    /// Every node.
    case all
  }

  /// Partitions, with the shapes to choose from.
  public var cuts: (rhythm: Rhythm, shapes: [CutFault.Shape])? {
    get { cutRhythm.map { ($0, cutShapes) } }
    set {
      cutRhythm = newValue?.rhythm
      cutShapes = newValue?.shapes ?? []
    }
  }
  private var cutRhythm: Rhythm?
  private var cutShapes: [CutFault.Shape] = []

  /// Crashes.
  public var crashes: Rhythm?
  /// Power losses.
  public var powerLosses: Rhythm?
  /// Pauses.
  public var pauses: Rhythm?
  /// Clock faults.
  public var clocks: Rhythm?
  /// The largest drift of a clock fault, in parts per billion.
  public var driftMost: Int64 = 0
  /// The largest step of a clock fault.
  public var stepMost = Nanoseconds.zero
  /// Who can crash, lose power, pause or have wrong clocks.
  public var victims = Victims.servers
  /// How many servers may be down at the same time; the injector stays inside this bound.
  public var maxDown = 0
  /// Whether each run switches whole kinds off and draws its own intensities.
  public var isSwarm = false

  /// Creates the profile of a world without faults.
  public init() {}
}

extension FaultProfile {
  /// Draws the plan of one seed; faults begin and end within the span from the start.
  ///
  /// Draws are keyed by kind and ordinal, so switching one kind off leaves the others as they were,
  /// except that crashes and power losses share the budget of servers that may be down.
  public func plan(
    for cluster: ClusterShape, within span: Nanoseconds, _ randomness: Randomness
  ) -> FaultPlan {
    var sampler = FaultSampler(profile: self, cluster: cluster, span: span, randomness: randomness)
    return sampler.plan()
  }
}
