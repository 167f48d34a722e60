/// How many standard deviations an honest result may lie off: one in a billion lies further.
public let toleratedDeviations = 6.0

/// How many standard deviations a count of successes lies off its expectation.
public func deviations(successes: Int, of trials: Int, probability: Double) -> Double {
  let expected = Double(trials) * probability
  let variance = expected * (1 - probability)
  return (Double(successes) - expected) / variance.squareRoot()
}

/// How many standard deviations the chi-square statistic of counts, which should all be about
/// equal, lies off its expectation.
public func unevenness(of counts: [Int]) -> Double {
  let expected = Double(counts.reduce(0, +)) / Double(counts.count)
  let chiSquare = counts.reduce(0.0) { sum, count in
    let error = Double(count) - expected
    return sum + error * error / expected
  }
  let freedom = Double(counts.count - 1)
  return (chiSquare - freedom) / (2 * freedom).squareRoot()
}

/// The mean of some numbers, which must not be none.
public func mean(_ numbers: [Double]) -> Double {
  numbers.reduce(0, +) / Double(numbers.count)
}

/// The correlation of each number with the one behind it, between -1 and 1.
public func correlationOfNeighbours(_ numbers: [Double]) -> Double {
  let mean = mean(numbers)
  var covariance = 0.0
  var variance = 0.0
  for (number, next) in zip(numbers, numbers.dropFirst()) {
    covariance += (number - mean) * (next - mean)
    variance += (number - mean) * (number - mean)
  }
  return covariance / variance
}
