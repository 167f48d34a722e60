import Determinism
import Simulation

/// How a swarm varies the network from seed to seed.
extension LinkConditions {
  /// The names of the evidence that a campaign must show for these conditions.
  var owedEvidence: [String] {
    let troubles = [
      (loss, "messages-lost"), (duplication, "messages-duplicated"),
      (reordering, "messages-overtaken"),
    ]
    return troubles.filter { $0.0.numerator > 0 }.map(\.1)
  }

  /// The conditions of one seed: each kind of trouble is off in one run of three, and otherwise
  /// has an intensity between nothing and what is configured.
  func swarmed(_ randomness: Randomness) -> LinkConditions {
    var conditions = self
    conditions.loss = Self.vary(loss, randomness.draw(.swarm, 101))
    conditions.duplication = Self.vary(duplication, randomness.draw(.swarm, 102))
    conditions.reordering = Self.vary(reordering, randomness.draw(.swarm, 103))
    conditions.corruption = Self.vary(corruption, randomness.draw(.swarm, 104))
    return conditions
  }

  private static func vary(_ most: Ratio, _ draw: Draw) -> Ratio {
    guard !draw.purpose(1).happens(Ratio(1, in: 3)) else { return .zero }
    let thousandths = draw.purpose(2).below(1_001)
    return Ratio(most.numerator * thousandths, in: most.denominator * 1_000)
  }
}
