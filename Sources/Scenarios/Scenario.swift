public import Text
public import Determinism
public import Simulation

/// What a scenario file says: a system, its clients, a world, its faults and what must hold.
public struct Scenario: Sendable {
  /// What a scenario's runs are expected to show.
  public enum Expectation: Hashable, Sendable {
    /// No run breaks anything.
    case clean
    /// A campaign finds a violation of one of these properties within a number of runs.
    case finding([String], within: Int)
  }

  /// The name by which findings, lists and golden runs refer to it.
  public internal(set) var name: String
  /// What it shows, in one sentence.
  public let summary: String
  /// The system under test; its options are decoded by whoever knows it.
  public let system: System
  /// The clients and what they do; decoded by whoever knows the workload.
  public let clients: StrictValue
  /// Who is there.
  public let cluster: ClusterShape
  /// The network, disks, clocks and phases.
  public let world: World
  /// The faults that a seed draws.
  public let profile: FaultProfile
  /// The faults that happen in every run.
  public let script: FaultPlan
  /// What must hold.
  public let checks: Checks
  /// What runs are expected to show.
  public let expectation: Expectation
  /// Every name of a place that runs can reach, for the system to check.
  public let markReferences: [StrictValue]
  /// Every name of a property that a campaign is expected to find violated, likewise.
  public let expectedProperties: [StrictValue]
  /// The quantities that can be turned up until something breaks.
  public let axes: [ScenarioAxis]
  /// The values that differ from seed to seed.
  public private(set) var variations: [ScenarioVariation]
  /// What a seed drew of those, each as a setting writes it; empty before a seed is known.
  public internal(set) var drawn: [String] = []

  /// The file, and what it says after settings.
  let source: SourceText
  let document: JSON5Value

  /// The system under test.
  public struct System: Sendable {
    /// The value that names the protocol.
    public let protocolValue: StrictValue
    /// Who the servers are, in the order of the file.
    public let roles: [Role]
    /// The value that lists the roles.
    public let rolesValue: StrictValue
    /// The protocol's own options, if any are given.
    public let options: StrictValue?
    /// Known bugs that are switched on, with the values that name them.
    public let defects: [(name: String, value: StrictValue)]
  }

  /// A role that servers play.
  public struct Role: Sendable {
    /// The name.
    public let name: String
    /// How many nodes each group of the role has.
    public let groups: [Int]
    /// The value that says so.
    public let value: StrictValue
  }

  /// Everything about the world but who is in it.
  public struct World: Sendable {
    /// How links treat messages; intensities are the most that a swarm draws.
    public let links: LinkConditions
    /// Links that differ.
    public let linkExceptions: [LinkException]
    /// How long a journal sync takes.
    public let journalSync: DelayDistribution
    /// What lies under the journals.
    public let disk: DiskModel
    /// How many messages wait for a paused process.
    public let inboxBound: Int
    /// How far wall clocks may be off at the start.
    public let wallOffsetMost: Nanoseconds
    /// How far clocks may run fast or slow, in parts per billion.
    public let driftMost: Int64
    /// How likely a clock runs as fast or as slow as it may, in place of something between.
    public let driftExtremes: Ratio
    /// How wall clocks are kept close to true time, if they are.
    public let clockSync: ClockSync?
    /// How long faults may happen.
    public let chaos: Nanoseconds
    /// How long the healed world runs.
    public let quiet: Nanoseconds
    /// How many events a run has at the most.
    public let eventLimit: UInt64
  }

  /// What must hold; the system knows which names there are.
  public struct Checks: Sendable {
    /// The name by which `always` asks for the rules of the protocol.
    public static let invariantsName = "invariants"
    /// The name by which `eventually` asks for operations that complete.
    public static let progressName = "progress"

    /// Whether a run ends soon after what clients saw is known to be wrong.
    public let stopsEarly: Bool
    /// The properties that must always hold, by name; nil for all that there are.
    public let always: [StrictValue]?
    /// The properties that must hold after the faults have healed, by name; nil for all.
    public let eventually: [StrictValue]?
    /// Whether the protocol's invariants are checked after every event.
    public let invariants: Bool
    /// Whether operations must complete after the faults have healed.
    public let progress: Bool
    /// Places that some run of a campaign must reach.
    public let goals: [String]
  }
}

extension Scenario {
  /// Reads a scenario file, with some of its values changed.
  ///
  /// The name of a changed scenario tells what was changed.
  public init(
    _ source: SourceText, settings: [ScenarioSetting] = []
  ) throws(ScenarioError) {
    var document = try JSON5Parser.parse(source)
    var scenario = try Scenario(document, in: source)
    if !settings.isEmpty {
      for setting in settings { document = try scenario.changed(document, by: setting) }
      let name = scenario.name + "?" + settings.map(\.description).joined(separator: "&")
      scenario = try Scenario(document, in: source)
      scenario.name = name
      scenario.variations.removeAll { settings.contains(where: $0.isFixed(by:)) }
    }
    self = scenario
  }

  init(_ document: JSON5Value, in source: SourceText) throws(ScenarioError) {
    self = try StrictValue(document, label: "a scenario", in: source).object {
      (file) throws(ScenarioError) in try Scenario(file: &file, document, source)
    }
  }

  private func changed(
    _ document: JSON5Value, by setting: ScenarioSetting
  ) throws(ScenarioError) -> JSON5Value {
    if let axis = axes.first(where: { $0.name == setting.name }) {
      return try axis.apply(setting, to: document)
    }
    let path = setting.name.split(separator: ".", omittingEmptySubsequences: false)
    return try document.replacing(path.map(String.init)[...], with: setting.value(), for: setting)
  }

  private init(
    file: inout StrictObject, _ document: JSON5Value, _ source: SourceText
  ) throws(ScenarioError) {
    (self.document, self.source) = (document, source)
    let _: Int = try file.required("orrery").integer(in: 1...1)
    name = try file.required("name").string()
    summary = try file.required("summary").string()
    let system = try file.required("system").object(System.init)
    self.system = system
    clients = try file.required("clients")
    let nodes = try system.cluster(with: clients)
    cluster = nodes
    let world = try World(file: &file, nodes)
    self.world = world
    let contract = try file.optional("assumes")?.object { (section) throws(ScenarioError) in
      try FaultSection.contract(&section, nodes)
    }
    let faults = file.optional("faults")
    var (profile, script) =
      try faults?.object { (section) throws(ScenarioError) in
        try FaultSection.decode(
          &section, nodes, chaos: Instant.start + world.chaos, disk: world.disk)
      } ?? (FaultProfile(), FaultPlan())
    profile.contract = contract
    (self.profile, self.script) = (profile, script)
    let check = file.optional("check")
    checks = try check?.object(Checks.init) ?? .everything
    markReferences =
      (check?.values(of: "sometimes") ?? [])
      + FaultKind.markKeys.flatMap { faults?.values(of: $0) ?? [] }
    let expect = file.optional("expect")
    expectation = try expect?.object(Expectation.init) ?? .clean
    expectedProperties = expect?.values(of: "finding") ?? []
    axes = try file.optional("axes")?.object(ScenarioAxis.all) ?? []
    variations = try file.optional("varies")?.object(ScenarioVariation.all) ?? []
  }
}

extension Scenario.System {
  /// Who is there, with the clients that their section counts; the rest of it belongs to the workload.
  fileprivate func cluster(with clients: StrictValue) throws(ScenarioError) -> ClusterShape {
    try clients.object { (section) throws(ScenarioError) in
      let count: Int = try section.required("count").integer(in: 1...32)
      let idle: Int = try section.optional("idle")?.integer(in: 0...16) ?? 0
      for key in section.keys { _ = section.optional(key) }
      return ClusterShape(
        roles.map { ($0.name, $0.groups) } + [(ClusterShape.clientRole, [count + idle])])
    }
  }

  fileprivate init(section: inout StrictObject) throws(ScenarioError) {
    protocolValue = try section.required("protocol")
    rolesValue = try section.required("roles")
    roles = try rolesValue.roles()
    options = section.optional("options")
    defects =
      try section.optional("defects")?.list { (value) throws(ScenarioError) in
        (try value.string(), value)
      } ?? []
  }
}

extension StrictValue {
  /// Roles with the size of their group, or a list of sizes where there are several groups.
  fileprivate func roles() throws(ScenarioError) -> [Scenario.Role] {
    try object { (section) throws(ScenarioError) in
      var roles: [Scenario.Role] = []
      for name in section.keys {
        let value = try section.required(name)
        guard name != ClusterShape.clientRole else {
          throw value.failure("clients are counted by the section clients")
        }
        let sizes =
          value.isList
          ? try value.list { (size) throws(ScenarioError) in try size.integer(in: 1...31) }
          : [try value.integer(in: 0...31)]
        roles.append(Scenario.Role(name: name, groups: sizes, value: value))
      }
      let servers = roles.flatMap(\.groups).reduce(0, +)
      guard (1...31).contains(servers) else {
        throw failure("\(label) must name between 1 and 31 servers, not \(servers)")
      }
      return roles
    }
  }
}

extension Scenario.Checks {
  /// All that a system can be checked for.
  static let everything = Scenario.Checks(
    stopsEarly: false, always: nil, eventually: nil, invariants: true, progress: true, goals: [])

  fileprivate init(section: inout StrictObject) throws(ScenarioError) {
    always = try section.optional("always")?.list { (value) throws(ScenarioError) in value }
    eventually = try section.optional("eventually")?.list { (value) throws(ScenarioError) in value }
    goals =
      try section.optional("sometimes")?.list { (value) throws(ScenarioError) in
        try value.string()
      } ?? []
    stopsEarly = try section.optional("early_stop")?.boolean() ?? false
    invariants = try always?.contains(Self.invariantsName) ?? true
    progress = try eventually?.contains(Self.progressName) ?? true
  }
}

extension [StrictValue] {
  /// Whether one of the values is a text.
  fileprivate func contains(_ text: String) throws(ScenarioError) -> Bool {
    for value in self where try value.string() == text { return true }
    return false
  }
}

extension Scenario.Expectation {
  fileprivate init(section: inout StrictObject) throws(ScenarioError) {
    let properties = try section.required("finding").list { (value) throws(ScenarioError) in
      try value.string()
    }
    let within: Int = try section.optional("within")?.integer(in: 1...1_000_000) ?? 2_000
    self = .finding(properties, within: within)
  }
}
