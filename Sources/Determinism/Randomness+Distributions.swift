extension Draw {
  /// An exponentially distributed span with the given mean.
  ///
  /// Inverse transform: mean · ln(1/u), in fixed point. At most 45 means long.
  public func exponential(mean: Nanoseconds) -> Nanoseconds {
    let naturalLog = FixedPoint.multiply(FixedPoint.halvings(bits), FixedPoint.naturalLogOfTwo)
    return mean.scaled(byFixedPoint: naturalLog)
  }

  /// A Pareto-distributed span: most lie near the minimum, a few are very much longer.
  ///
  /// Inverse transform: minimum · u^(−1/shape). A smaller shape has a heavier tail; nothing
  /// exceeds the cap.
  public func heavyTailed(minimum: Nanoseconds, shape: Ratio, cap: Nanoseconds) -> Nanoseconds {
    let doublings = FixedPoint.scale(
      FixedPoint.halvings(bits), by: Ratio(shape.denominator, in: Swift.max(1, shape.numerator)))
    // 2²⁴ times the minimum is beyond any cap that makes sense; the bound keeps the shift legal.
    let factor = FixedPoint.powerOfTwo(Swift.min(doublings, 24 << 32))
    return Swift.min(minimum.scaled(byFixedPoint: factor), cap)
  }

  /// A span whose logarithm is bell-shaped around that of the median, like network latencies.
  ///
  /// The bell is the sum of four uniform numbers, so nothing lies beyond 3.47 standard deviations.
  /// `sigma` is the standard deviation of the natural logarithm, at most 4.
  public func logNormalLike(median: Nanoseconds, sigma: Ratio) -> Nanoseconds {
    let uniform = bits
    let sum =
      (uniform & 0xFFFF) + (uniform >> 16 & 0xFFFF) + (uniform >> 32 & 0xFFFF) + (uniform >> 48)
    let distance = sum > 131_070 ? sum - 131_070 : 131_070 - sum
    // One standard deviation of the sum is 65 536 / √3; √3 · log₂e · 2¹⁶ turns it into doublings.
    let doublingsPerUnit: UInt64 = 163_762
    let doublings = Swift.min(FixedPoint.scale(distance * doublingsPerUnit, by: sigma), 20 << 32)
    let factor = FixedPoint.powerOfTwo(doublings)
    guard sum > 131_070 else {
      return Nanoseconds(Int64((UInt128(median.count) << 32) / UInt128(factor)))
    }
    return median.scaled(byFixedPoint: factor)
  }

  /// The position of one weight, chosen in proportion; nil when all weights are zero.
  public func weighted(_ weights: [UInt64]) -> Int? {
    let total = weights.reduce(0, +)
    guard total > 0 else { return nil }
    var remaining = below(total)
    for (position, weight) in weights.enumerated() {
      if remaining < weight { return position }
      remaining -= weight
    }
    return nil
  }

  /// One of the elements, each equally likely; nil when there are none.
  public func element<Element>(of elements: [Element]) -> Element? {
    elements.isEmpty ? nil : elements[Int(below(UInt64(elements.count)))]
  }

  /// The numbers below `count` in random order, every order equally likely (Fisher and Yates).
  public func permutation(of count: Int) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, Int(purpose(UInt64(last)).below(UInt64(last) + 1)))
    }
    return order
  }
}

extension Nanoseconds {
  /// The span times a factor with 32 fractional bits; never negative.
  fileprivate func scaled(byFixedPoint factor: UInt64) -> Nanoseconds {
    let product = UInt64(Swift.max(0, count)).multipliedFullWidth(by: factor)
    let shifted = product.high << 32 | product.low >> 32
    return Nanoseconds(Int64(Swift.min(shifted, UInt64(Int64.max))))
  }
}
