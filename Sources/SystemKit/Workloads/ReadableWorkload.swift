public import ProtocolKit
public import Text

/// A workload that scenarios can ask for by name.
public protocol ReadableWorkload: ValidatedConfiguration {
  /// The name that scenarios use.
  static var name: String { get }
  /// What scenarios can set.
  static var options: [ConfigurationOption<Self>] { get }

  /// Creates the workload with the usual values.
  init()
}

extension ReadableWorkload {
  /// Reads the section about clients.
  public init(_ clients: StrictValue) throws(ScenarioError) {
    self = try clients.object { (section) throws(ScenarioError) in
      _ = try section.required("workload").choice(of: "workload", among: [Self.name])
      var workload = Self()
      try section.read(Self.options, into: &workload)
      return workload
    }
  }
}
