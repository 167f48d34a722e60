public import Determinism
public import ProtocolKit

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

  /// What a profile says about one kind.
  public struct Entry: Hashable, Sendable {
    /// The kind with what is to be drawn.
    public let parameters: FaultParameters
    /// How often and how long.
    public let rhythm: Rhythm
    /// Who can be hit, if it is a kind that hits nodes.
    public let victims: [NodeID]

    /// Creates an entry.
    public init(parameters: FaultParameters, rhythm: Rhythm, victims: [NodeID]) {
      self.parameters = parameters
      self.rhythm = rhythm
      self.victims = victims
    }
  }

  /// The kinds that may happen, at most one entry each.
  public var entries: [Entry] = []
  /// The nodes that share a zone or a rack, and fail together; domains may overlap.
  public var domains: [[NodeID]] = []
  /// How many servers of one group may be down at once; the injector stays inside this bound.
  public var maxDown = DownBudget.atMost(0)
  /// What the system promises to survive, and what the injector stays inside; nil promises all.
  public var contract: FaultContract?
  /// Whether each run switches whole kinds off and draws its own intensities.
  public var isSwarm = false

  /// Creates the profile of a world without faults.
  public init() {}

  /// Draws the plan of one seed; faults begin and end within the span from the start.
  ///
  /// Draws are keyed by kind and ordinal, so switching one kind off leaves the draws of the others
  /// as they were; only `maxDown` couples the kinds that take servers down.
  public func plan(
    for cluster: ClusterShape, within span: Nanoseconds, _ randomness: Randomness
  ) -> FaultPlan {
    var sampler = FaultSampler(profile: self, cluster: cluster, span: span, randomness: randomness)
    return sampler.plan()
  }
}
