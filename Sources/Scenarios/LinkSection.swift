import Text
import Determinism
import ProtocolKit
import Simulation

/// How the conditions of links are read.
extension LinkConditions {
  /// A local network without trouble.
  static let lan = LinkConditions(
    delay: .exponential(shortest: .microseconds(200), mean: .microseconds(800)))

  init(section: inout StrictObject, defaults: LinkConditions) throws(ScenarioError) {
    self = defaults
    if let value = section.optional("delay") { delay = try DelayDistribution(value) }
    if let value = section.optional("loss") { loss = try value.ratio() }
    if let value = section.optional("duplication") { duplication = try value.ratio() }
    if let value = section.optional("reordering") { reordering = try value.ratio() }
    if let value = section.optional("hold_back") { holdBack = try value.duration() }
    if reordering.numerator > 0, holdBack == .zero {
      throw section.failure(
        "reordering needs a time to hold messages back", hint: "add hold_back: \"50ms\"")
    }
    if let value = section.optional("order") { order = try value.choice(of: "order") }
    try readBandwidth(&section)
    try readCorruption(&section)
  }

  private mutating func readBandwidth(_ section: inout StrictObject) throws(ScenarioError) {
    let rateValue = section.optional("bandwidth")
    let queueValue = section.optional("queue")
    let rate: Int64? =
      try rateValue?.integer(in: 1...1_000_000_000_000) ?? bandwidth?.bytesPerSecond
    let queue: Int64? = try queueValue?.integer(in: 0...1_000_000_000) ?? bandwidth?.queueBytes
    if let rate {
      bandwidth = Bandwidth(bytesPerSecond: rate, queueBytes: queue)
    } else if let queueValue {
      throw queueValue.failure(
        "a queue only forms where bandwidth is limited",
        hint: "add bandwidth: 125000 (bytes per second)")
    }
  }

  private mutating func readCorruption(_ section: inout StrictObject) throws(ScenarioError) {
    if let value = section.optional("corruption") { corruption = try value.ratio() }
    guard let value = section.optional("trusting") else { return }
    isTrusting = try value.boolean()
    if isTrusting, corruption.numerator == 0 {
      throw value.failure(
        "trusting changes nothing where nothing is damaged", hint: "add corruption: 0.01")
    }
  }
}

extension LinkException {
  init(
    _ value: StrictValue, _ cluster: ClusterShape, defaults: LinkConditions
  ) throws(ScenarioError) {
    self = try value.object { (section) throws(ScenarioError) in
      LinkException(
        from: try section.required("from").nodes(cluster),
        to: try section.required("to").nodes(cluster),
        conditions: try LinkConditions(section: &section, defaults: defaults))
    }
  }
}
