import Determinism

/// Which seeds a campaign has: the nth is a function of n alone, whatever the number of workers.
public enum CampaignSeeds: Hashable, Sendable {
  /// Drawn from a base seed, without end.
  case drawn(from: UInt64)
  /// All of a range.
  case range(ClosedRange<UInt64>)

  /// The nth seed, counted from zero, or nil if there are not so many.
  public func seed(_ ordinal: UInt64) -> UInt64? {
    switch self {
    case .drawn(let base): Randomness(seed: base).draw(.campaign, 0, ordinal).bits
    case .range(let range):
      ordinal <= range.upperBound - range.lowerBound ? range.lowerBound + ordinal : nil
    }
  }
}
