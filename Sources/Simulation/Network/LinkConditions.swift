public import Determinism

/// How one direction of a link treats messages while it is neither cut nor clogged.
public struct LinkConditions: Hashable, Sendable {
  /// Whether messages can overtake each other.
  public enum Order: String, Hashable, Sendable, CaseIterable {
    /// Every message travels for itself: a later one with a shorter delay arrives earlier.
    case datagram
    /// No message overtakes another one of the same direction: it waits, and arrives just after.
    ///
    /// Loss stays loss and a duplicate stays one; nothing is sent again, and a link knows nothing
    /// of connections.
    case fifo
  }

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
  /// Whether messages can overtake each other.
  public var order = Order.datagram
  /// How fast the link takes messages in; nil for at once.
  public var bandwidth: Bandwidth?
  /// How likely a message is to be damaged on its way.
  public var corruption = Ratio.zero
  /// Whether damaged messages are delivered instead of being found by a checksum and dropped.
  public var isTrusting = false

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

  /// The same link without loss, duplication, holding back or damage.
  ///
  /// What it is made of stays: delays, order, bandwidth and the bound of its queue.
  public var calm: LinkConditions {
    var calm = LinkConditions(delay: delay)
    (calm.order, calm.bandwidth) = (order, bandwidth)
    return calm
  }

  /// Whether each message is treated without regard to its size, its content and the others.
  var isPlain: Bool { order == .datagram && bandwidth == nil && corruption.numerator == 0 }
}
