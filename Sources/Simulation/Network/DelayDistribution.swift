public import Determinism

/// How long a message or a disk write takes, as a shape with parameters.
public enum DelayDistribution: Hashable, Sendable {
  /// Always the same.
  case constant(Nanoseconds)
  /// Anything between two bounds, equally likely.
  case uniform(shortest: Nanoseconds, longest: Nanoseconds)
  /// A shortest time, plus a memoryless wait with a mean.
  case exponential(shortest: Nanoseconds, mean: Nanoseconds)
  /// Bell-shaped on a logarithmic scale.
  case logNormalLike(median: Nanoseconds, sigma: Ratio)
  /// Mostly near the shortest, sometimes very much longer, never beyond the cap.
  case heavyTailed(shortest: Nanoseconds, shape: Ratio, cap: Nanoseconds)

  /// The delay that a draw stands for.
  @inline(__always)
  public func sample(_ draw: Draw) -> Nanoseconds {
    switch self {
    case .constant(let span): span
    case .uniform(let shortest, let longest): draw.between(shortest, longest)
    case .exponential(let shortest, let mean): shortest + draw.exponential(mean: mean)
    case .logNormalLike(let median, let sigma): draw.logNormalLike(median: median, sigma: sigma)
    case .heavyTailed(let shortest, let shape, let cap):
      draw.heavyTailed(minimum: shortest, shape: shape, cap: cap)
    }
  }

  /// The same delay without its variation: always about what is usual.
  public var steady: DelayDistribution {
    switch self {
    case .constant: self
    case .uniform(let shortest, let longest): .constant(shortest + (longest - shortest) / 2)
    case .exponential(let shortest, let mean): .constant(shortest + mean)
    case .logNormalLike(let median, _): .constant(median)
    case .heavyTailed(let shortest, _, _): .constant(shortest)
    }
  }
}
