import Determinism
public import Text

/// A value of a scenario that differs from seed to seed.
///
/// A scenario declares it in its section `varies`: the keys that lead to the value, joined by dots,
/// with a list of what it may be.
///
///     varies: { "system.roles.server": [3, 3, 5, 4], "clients.timeout": ["60ms", "250ms", "1s"] }
///
/// Each seed draws one of the list; what stands there twice is drawn twice as often. A reference that
/// sets the value fixes it for all seeds.
public struct ScenarioVariation: Sendable {
  /// The keys that lead to the value, joined by dots.
  public let path: String
  /// What it may be.
  let values: [JSON5Value]

  /// Reads the section, each value by its path.
  static func all(section: inout StrictObject) throws(ScenarioError) -> [ScenarioVariation] {
    var variations: [ScenarioVariation] = []
    for path in section.keys {
      let list = try section.required(path)
      guard case .array(let values) = list.value.kind, !values.isEmpty else {
        throw list.failure("\(path) must list what the value may be", hint: "such as [3, 5]")
      }
      variations.append(ScenarioVariation(path: path, values: values))
    }
    return variations
  }

  /// Whether a setting decides about the value, or about something around or inside it.
  func isFixed(by setting: ScenarioSetting) -> Bool {
    (setting.name + ".").hasPrefix(path + ".") || (path + ".").hasPrefix(setting.name + ".")
  }

  /// Which of the values a seed draws; keyed by the path, so that other variations change nothing.
  func choice(for randomness: Randomness) -> Int {
    var key = Digest()
    key.absorb(path)
    return Int(randomness.draw(.variation, key.value).below(UInt64(values.count)))
  }
}

extension Scenario {
  /// The scenario as a seed varies it: the same if it varies nothing.
  public func varied(for seed: UInt64) throws(ScenarioError) -> Scenario {
    let randomness = Randomness(seed: seed)
    return try varied { $0.choice(for: randomness) }
  }

  /// Every value of every variation once, the others as they stand in the file.
  public func variants() throws(ScenarioError) -> [Scenario] {
    var variants: [Scenario] = []
    for variation in variations {
      for place in variation.values.indices {
        variants.append(try varied { $0.path == variation.path ? place : nil })
      }
    }
    return variants
  }

  private func varied(
    _ choice: (ScenarioVariation) -> Int?
  ) throws(ScenarioError) -> Scenario {
    guard !variations.isEmpty else { return self }
    var settings: [ScenarioSetting] = []
    var changed = document
    for variation in variations {
      guard let place = choice(variation) else { continue }
      let value = variation.values[place]
      let setting = ScenarioSetting(name: variation.path, text: value.text)
      let path = variation.path.split(separator: ".").map(String.init)
      changed = try changed.replacing(path[...], with: value, for: setting, keepingPlace: true)
      settings.append(setting)
    }
    var scenario = try Scenario(changed, in: source)
    scenario.name = name
    scenario.drawn = settings.map(\.description)
    return scenario
  }
}

extension JSON5Value {
  /// The value as a setting writes it.
  fileprivate var text: String {
    switch kind {
    case .null: "null"
    case .boolean(let flag): "\(flag)"
    case .integer(let number): "\(number)"
    case .decimal(let digits): digits
    case .string(let text): text
    case .array(let elements): "[\(elements.map(\.text).joined(separator: ", "))]"
    case .object(let members):
      "{\(members.map { "\($0.key): \($0.value.text)" }.joined(separator: ", "))}"
    }
  }
}
