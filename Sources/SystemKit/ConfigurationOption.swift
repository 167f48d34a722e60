public import Determinism
public import ProtocolKit
public import Scenarios
public import Text

/// A value of a configuration that scenarios can set: its name, and how it is read.
///
/// A configuration lists its options once; reading and validation follow from the list.
public struct ConfigurationOption<Configuration>: Sendable {
  /// The key in the scenario.
  public let name: String
  /// Reads the value into a configuration.
  public let read: @Sendable (StrictValue, inout Configuration) throws(ScenarioError) -> Void

  /// Creates an option that is read in its own way.
  public init(
    _ name: String,
    read: @escaping @Sendable (StrictValue, inout Configuration) throws(ScenarioError) -> Void
  ) {
    self.name = name
    self.read = read
  }

  /// A span of time, such as `"50ms"`, of at least `least`.
  public static func duration(
    _ name: String, _ path: any WritableKeyPath<Configuration, Nanoseconds> & Sendable,
    atLeast least: Nanoseconds = .zero
  ) -> Self {
    Self(name) { (value, configuration) throws(ScenarioError) in
      let span = try value.duration()
      guard span >= least else {
        throw value.failure("\(name) must be at least \(DurationText.format(least))")
      }
      configuration[keyPath: path] = span
    }
  }

  /// The shortest and the longest time, such as `["1ms", "20ms"]`.
  public static func span(
    _ name: String,
    shortest: any WritableKeyPath<Configuration, Nanoseconds> & Sendable,
    longest: any WritableKeyPath<Configuration, Nanoseconds> & Sendable
  ) -> Self {
    Self(name) { (value, configuration) throws(ScenarioError) in
      let span = try value.durationRange()
      configuration[keyPath: shortest] = span.lowerBound
      configuration[keyPath: longest] = span.upperBound
    }
  }

  /// A whole number within bounds.
  public static func integer<Integer: FixedWidthInteger & Sendable>(
    _ name: String, _ path: any WritableKeyPath<Configuration, Integer> & Sendable,
    in range: ClosedRange<Integer>
  ) -> Self {
    Self(name) { (value, configuration) throws(ScenarioError) in
      configuration[keyPath: path] = try value.integer(in: range)
    }
  }

  /// One of several words.
  public static func choice<Choice: CaseIterable & RawRepresentable<String> & Sendable>(
    _ name: String, _ path: any WritableKeyPath<Configuration, Choice> & Sendable
  ) -> Self {
    Self(name) { (value, configuration) throws(ScenarioError) in
      configuration[keyPath: path] = try value.choice(of: name)
    }
  }
}

extension Scenario.System {
  /// Reads the options of the scenario, if there are any, into a configuration.
  public func read<Configuration: ValidatedConfiguration>(
    _ known: [ConfigurationOption<Configuration>], into configuration: inout Configuration
  ) throws(ScenarioError) {
    try options?.object { (section) throws(ScenarioError) in
      try section.read(known, into: &configuration)
    }
  }
}

extension StrictObject {
  /// Reads every option that is given into a configuration, and then asks whether all fit together.
  public mutating func read<Configuration: ValidatedConfiguration>(
    _ options: [ConfigurationOption<Configuration>], into configuration: inout Configuration
  ) throws(ScenarioError) {
    var given: [(name: String, value: StrictValue)] = []
    for option in options {
      guard let value = optional(option.name) else { continue }
      try option.read(value, &configuration)
      given.append((option.name, value))
    }
    guard let complaint = configuration.complaint else { return }
    let text = "\(complaint.option) \(complaint.text)"
    let culprit = given.first { $0.name == complaint.option }?.value
    throw culprit?.failure(text, hint: complaint.hint) ?? failure(text, hint: complaint.hint)
  }
}
