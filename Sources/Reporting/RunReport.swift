import Simulation
import Determinism
public import Exploration
import FoundationEssentials

/// One run as machines read it; scripts rely on these names.
///
/// 64-bit values are strings, because JSON numbers above 2⁵³ are not portable.
public struct RunReport: Encodable, Hashable, Sendable {
  /// One property.
  public struct Property: Encodable, Hashable, Sendable {
    /// `always`, `eventually` or `sometimes`.
    public var kind: Outcome.PropertyResult.Kind
    /// The property's name.
    public var name: String
    /// `holds`, `violated` or `unknown`.
    public var status: Outcome.PropertyResult.Status
    /// Evidence or cause.
    public var detail: String
    /// How often it had something to decide, where that is counted.
    public var checked: Int?
  }

  /// How many operations ended how.
  public struct Operations: Encodable, Hashable, Sendable {
    /// Operations that happened.
    public var ok: Int
    /// Operations that certainly did not happen.
    public var fail: Int
    /// Operations with an unknown fate.
    public var info: Int
    /// The most that were open at once.
    public var most_open: Int
  }

  /// The violation.
  public struct FindingReport: Encodable, Hashable, Sendable {
    /// Groups findings with the same likely cause.
    public var signature: String
    /// The violated property.
    public var property: String
    /// How it was violated, in general.
    public var kind: String
    /// How it was violated here.
    public var detail: String
    /// `inside` what the system promises to survive, or `outside`.
    public var contract: String
    /// The fault that went beyond it, or null.
    public var breach: String?
  }

  /// The version of this schema.
  public var schema = "orrery/1"
  /// The scenario's name.
  public var scenario: String
  /// The seed, as `0x` and hexadecimal digits.
  public var seed: String
  /// The fingerprint of all events, sixteen hexadecimal digits.
  public var digest: String
  /// `valid`, `invalid` or `unknown`.
  public var verdict: Outcome.Verdict
  /// The answer for each property.
  public var properties: [Property]
  /// What clients did.
  public var operations: Operations
  /// How often each kind of fault hit something.
  public var faults: [String: Int]
  /// How often each marked place was reached.
  public var marks: [String: Int]
  /// The number of events.
  public var events: UInt64
  /// How long the world existed, in nanoseconds.
  public var virtual_ns: Int64
  /// How long it was to exist, in nanoseconds, if it was stopped early; else null.
  public var stopped_early_of_ns: Int64?
  /// What the seed drew of the values that its scenario varies, as settings write them.
  public var varied: [String]
  /// The violation, or null.
  public var finding: FindingReport?
  /// How the violation came about, or null; only some commands tell it.
  public var story: Story?

  /// Describes an outcome and, if it is told, how its violation came about.
  public init(_ outcome: Outcome, story: Story? = nil) {
    self.story = story
    scenario = outcome.scenario
    seed = Self.seedText(outcome.seed)
    digest = outcome.digest.description
    verdict = outcome.verdict
    properties = outcome.properties.map {
      Property(
        kind: $0.kind, name: $0.name, status: $0.status, detail: $0.detail,
        checked: $0.checked)
    }
    operations = Operations(
      ok: outcome.operations.ok, fail: outcome.operations.fail, info: outcome.operations.info,
      most_open: outcome.operations.mostOpen)
    faults = Dictionary(uniqueKeysWithValues: outcome.faults.map { ($0.name, $0.count) })
    marks = Dictionary(uniqueKeysWithValues: outcome.marks.map { ($0.name, $0.count) })
    events = outcome.events
    virtual_ns = outcome.virtualTime.count
    stopped_early_of_ns = outcome.stoppedEarlyOf?.count
    varied = outcome.drawn
    finding = outcome.finding.map(FindingReport.init)
  }

  /// A seed as people and reports write it.
  public static func seedText(_ seed: UInt64) -> String {
    "0x\(String(seed, radix: 16))"
  }

  private enum CodingKeys: String, CodingKey {
    case schema, scenario, seed, digest, verdict, properties, operations, faults, marks, events
    case virtual_ns, stopped_early_of_ns, varied, finding, story
  }

  /// Writes every key, a missing finding or story as null.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(schema, forKey: .schema)
    try container.encode(scenario, forKey: .scenario)
    try container.encode(seed, forKey: .seed)
    try container.encode(digest, forKey: .digest)
    try container.encode(verdict, forKey: .verdict)
    try container.encode(properties, forKey: .properties)
    try container.encode(operations, forKey: .operations)
    try container.encode(faults, forKey: .faults)
    try container.encode(marks, forKey: .marks)
    try container.encode(events, forKey: .events)
    try container.encode(virtual_ns, forKey: .virtual_ns)
    try container.encodeIfPresent(stopped_early_of_ns, forKey: .stopped_early_of_ns)
    try container.encode(varied, forKey: .varied)
    try container.encode(finding, forKey: .finding)
    try container.encode(story, forKey: .story)
  }
}

extension RunReport.FindingReport {
  init(_ finding: Finding) {
    signature = finding.signature
    property = finding.property
    kind = finding.kind
    detail = finding.detail
    contract = finding.breach == nil ? "inside" : "outside"
    breach = finding.breach
  }
}

/// Writes reports the same way every time: one line, keys in alphabetical order.
public enum StableJSON {
  /// The value as one line of JSON, without a line break.
  public static func line(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else {
      fatalError("a report could not be written as JSON")
    }
    return String(decoding: data, as: UTF8.self)
  }

  /// Reads a value back from a line.
  public static func read<Value: Decodable>(_ line: String, as type: Value.Type) -> Value? {
    try? JSONDecoder().decode(type, from: Data(line.utf8))
  }
}
