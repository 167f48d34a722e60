/// The kinds of fault, by the names that scenarios use.
public struct FaultKind: Sendable, CaseIterable, RawRepresentable {
  let type: any FaultType.Type

  init(_ type: any FaultType.Type) {
    self.type = type
  }

  /// The kind of a name; nil if there is none.
  public init?(rawValue: String) {
    guard let kind = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = kind
  }

  /// Every kind, in the order in which plans are drawn: the one place that lists them.
  public static let allCases: [FaultKind] = [
    .cut, .crash, .powerLoss, .pause, .clock, .clog,
    .slowDisk, .stalledDisk, .fullDisk, .syncError, .tornWrite, .bitRot, .latentSectorError,
    .misdirectedWrite,
    .aimedPause, .slowNode, .crashLoop, .wipe, .rollingRestart, .rollingUpgrade,
    .clockStep, .clockFreeze, .clockSlew, .leapSmear, .timeSyncFailure,
    .twins, .aimedCrash,
  ]

  /// The name that scenarios use.
  public var rawValue: String { type.name }

  /// The number by which draws are keyed.
  var key: UInt64 { type.key }

  /// What the catalogue says about this kind.
  public var guide: FaultGuide { type.guide }

  /// The keys of its section in a profile, from which each occurrence is drawn.
  public var drawn: [FaultParameter] { type.drawn }

  /// The keys of its entry in a script, beside when and for how long.
  public var scripted: [FaultParameter] { type.scripted }

  /// The keys of faults under which the name of a mark stands.
  public static var markKeys: [String] {
    let parameters = allCases.flatMap { $0.drawn + $0.scripted }.filter { $0.form == .mark }
    return parameters.map(\.name).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// What the catalogue says beside the guide: the keys with their meaning, and the evidence.
  public var details: [String] {
    let script = scripted.map(\.description).joined(separator: "; ")
    return drawn.map(\.description) + ["in a script: \(script)", "evidence: \(evidence)"]
  }

  /// The name of the evidence that it really hit something.
  public var evidence: String { type.evidence.name }

  /// Whether it does something only to a disk of sectors.
  public var needsSectors: Bool { type.needsSectors }

  /// Whether a contract that lists no kinds promises to survive it.
  public var isPromised: Bool { type.isPromised }

  /// Refuses a part of a profile from which nothing sensible could be drawn.
  public func validate(_ draft: FaultDraft) throws(FaultComplaint) {
    try type.validate(draft)
  }

  /// What a script asks for, as one or several entries of a plan.
  public func script(_ script: FaultScript) throws(FaultComplaint) -> [FaultPlan.Entry] {
    try type.script(script)
  }
}

extension FaultKind: Hashable {
  /// Whether both have one name.
  public static func == (left: FaultKind, right: FaultKind) -> Bool {
    left.rawValue == right.rawValue
  }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(rawValue)
  }
}

extension FaultKind: CustomStringConvertible {
  /// The name that scenarios use.
  public var description: String { rawValue }
}

/// One kind with what a profile says about it, from which each occurrence is drawn.
public struct FaultParameters: Hashable, Sendable {
  /// The kind.
  public let kind: FaultKind
  /// What is said, and the defaults for the rest.
  public let values: ParameterValues

  /// Pairs a kind with the values of its parameters.
  public init(_ kind: FaultKind, values: ParameterValues) {
    self.kind = kind
    self.values = values
  }

  /// Pairs a kind with the parameters that differ from their defaults.
  public init(_ kind: FaultKind, with given: KeyValuePairs<String, ParameterValue>? = nil) {
    self.init(
      kind,
      values: ParameterValues(
        given.map { $0.map { (name: $0.key, value: $0.value) } } ?? [], of: kind.drawn))
  }
}
