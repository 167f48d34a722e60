import Text
import Determinism
import ProtocolKit
import Simulation

/// How the sections about the world are read.
extension Scenario.World {
  init(file: inout StrictObject, _ cluster: ClusterShape) throws(ScenarioError) {
    (links, linkExceptions) =
      try file.optional("network")?.object { (section) throws(ScenarioError) in
        let links = try LinkConditions(section: &section, defaults: .lan)
        let exceptions = try section.optional("links")?.list { (value) throws(ScenarioError) in
          try LinkException(value, cluster, defaults: links)
        }
        return (links, exceptions ?? [])
      } ?? (.lan, [])
    (journalSync, disk) =
      try file.optional("disk")?.object { (section) throws(ScenarioError) in
        (try DelayDistribution(section.required("sync")), try DiskModel(section: &section))
      } ?? (.exponential(shortest: .microseconds(50), mean: .microseconds(200)), .records)
    (wallOffsetMost, driftMost, driftExtremes, clockSync) =
      try file.optional("clocks")?.object { (section) throws(ScenarioError) in
        let offset = try section.optional("offset")?.duration() ?? .zero
        let drift: Int64 = try section.optional("drift_ppb")?.integer(in: 0...100_000_000) ?? 0
        let sync = try section.optional("sync")?.object { (section) throws(ScenarioError) in
          try ClockSync(section: &section)
        }
        return (offset, drift, try section.optional("extremes")?.ratio() ?? .zero, sync)
      } ?? (.zero, 0, .zero, nil)
    (chaos, quiet) = try file.required("phases").object { (section) throws(ScenarioError) in
      (try section.required("chaos").duration(), try section.required("quiet").duration())
    }
    (eventLimit, inboxBound) =
      try file.optional("limits")?.object { (section) throws(ScenarioError) in
        let events: UInt64? = try section.optional("events")?.integer(in: 1...1_000_000_000)
        let inbox: Int? = try section.optional("inbox")?.integer(in: 1...1_000_000)
        return (events ?? 1_000_000, inbox ?? 1_000)
      } ?? (1_000_000, 1_000)
  }
}

extension ClockSync {
  fileprivate init(section: inout StrictObject) throws(ScenarioError) {
    let everyValue = try section.required("every")
    let every = try everyValue.duration()
    guard every > .zero else { throw everyValue.failure("every must be longer than nothing") }
    self.init(every: every, error: try section.required("error").duration())
  }
}

extension DiskModel {
  fileprivate init(section: inout StrictObject) throws(ScenarioError) {
    let model = try section.optional("model")?.choice(of: "disk", among: ["records", "sectors"])
    guard model == "sectors" else {
      self = .records
      return
    }
    let count: Int = try section.optional("sectors")?.integer(in: 3...1_000_000) ?? 4_096
    let size: Int = try section.optional("sector_size")?.integer(in: 64...65_536) ?? 512
    self = .sectors(count: count, size: size)
  }
}

extension DelayDistribution {
  /// Reads a delay: a duration for a constant one, or an object with a `kind`.
  init(_ value: StrictValue) throws(ScenarioError) {
    if let constant = try? value.duration() {
      self = .constant(constant)
      return
    }
    self = try value.object { (section) throws(ScenarioError) in
      try DelayDistribution(section: &section)
    }
  }

  private init(section: inout StrictObject) throws(ScenarioError) {
    let kinds = ["constant", "uniform", "exponential", "log-normal", "heavy-tailed"]
    let kind = try section.required("kind").choice(of: "delay", among: kinds)
    switch kind {
    case "constant": self = .constant(try section.required("span").duration())
    case "uniform":
      let shortest = try section.required("shortest").duration()
      let longestValue = try section.required("longest")
      let longest = try longestValue.duration()
      guard shortest <= longest else {
        throw longestValue.failure("longest must not be below shortest")
      }
      self = .uniform(shortest: shortest, longest: longest)
    case "exponential":
      self = .exponential(
        shortest: try section.optional("shortest")?.duration() ?? .zero,
        mean: try section.required("mean").duration())
    case "log-normal":
      let sigma: UInt64 = try section.required("sigma_percent").integer(in: 0...400)
      self = .logNormalLike(
        median: try section.required("median").duration(), sigma: .percent(sigma))
    default:
      let shape: UInt64 = try section.required("shape_percent").integer(in: 1...1_000)
      self = .heavyTailed(
        shortest: try section.required("shortest").duration(), shape: .percent(shape),
        cap: try section.required("cap").duration())
    }
  }
}

extension StrictValue {
  /// A probability as an exact fraction.
  func ratio() throws(ScenarioError) -> Ratio {
    let fraction = try probability()
    return Ratio(fraction.numerator, in: fraction.denominator)
  }

  /// A node of the cluster by its name, such as `n1`.
  func node(_ cluster: ClusterShape) throws(ScenarioError) -> NodeID {
    let name = try string()
    guard let node = cluster.nodes(named: name)?.first, node.description == name else {
      throw failure("unknown node \"\(name)\"", hint: "there are \(cluster)")
    }
    return node
  }

  /// Several nodes: the name of one, of a role, of a group of a role, `all`, or a list of such names.
  func nodes(_ cluster: ClusterShape) throws(ScenarioError) -> [NodeID] {
    guard isList else { return try namedNodes(cluster) }
    var nodes: [NodeID] = []
    for element in try list({ (value) throws(ScenarioError) in value }) {
      for node in try element.namedNodes(cluster) {
        guard !nodes.contains(node) else { throw element.failure("\(node) is in this list twice") }
        nodes.append(node)
      }
    }
    return nodes
  }

  private func namedNodes(_ cluster: ClusterShape) throws(ScenarioError) -> [NodeID] {
    let name = try string()
    guard let nodes = cluster.nodes(named: name) else {
      throw failure(
        "unknown node or role \"\(name)\"",
        hint: Suggestion.hint(for: name, among: cluster.names) ?? "there are \(cluster)")
    }
    return nodes
  }
}
