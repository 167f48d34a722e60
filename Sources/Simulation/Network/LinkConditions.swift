public import Determinism

/// How one direction of a link treats messages while it is not cut.
public struct LinkConditions: Hashable, Sendable {
  /// How long a message travels.
  public var delay: DelayDistribution
  /// How likely a message is to vanish.
  public var loss: Ratio
  /// How likely a message is to arrive twice, the second time after a delay of its own.
  public var duplication: Ratio
  /// How likely a message is to be held back so that later ones overtake it.
  public var reordering: Ratio
  /// How long a message is held back at the most.
  public var holdBack: Nanoseconds

  /// Creates conditions; without further words a link only delays.
  public init(
    delay: DelayDistribution, loss: Ratio = .zero, duplication: Ratio = .zero,
    reordering: Ratio = .zero, holdBack: Nanoseconds = .zero
  ) {
    self.delay = delay
    self.loss = loss
    self.duplication = duplication
    self.reordering = reordering
    self.holdBack = holdBack
  }

  /// The same delays without loss, duplication or holding back.
  public var calm: LinkConditions { LinkConditions(delay: delay) }
}
