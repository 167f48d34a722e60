import Text
import Determinism

/// A quantity of a scenario that can be turned up until something breaks, such as a pause's length.
///
/// A scenario declares it in its section `axes`:
///
///     pause: {
///       means: "of pause beyond the lease", origin: "1s", step: "1ms", up_to: "5s",
///       set: { "faults.aimed-pause.pause": ["$", "$"] },
///     }
///
/// Each `$` stands for origin plus the value asked for. Times are written with a unit, anything else
/// as whole numbers, whose unit `means` should name.
public struct ScenarioAxis: Sendable {
  /// The name, as settings use it.
  public let name: String
  /// What the values measure, as in "42 ms of pause beyond the lease".
  public let means: String
  /// Whether values are times in nanoseconds; otherwise they are plain numbers.
  public let isTime: Bool
  /// The finest difference worth telling apart, above zero.
  public let step: Int64
  /// The largest value to try.
  public let bound: Int64

  private let origin: Int64
  private let templates: [JSON5Member]

  init(name: String, _ value: StrictValue) throws(ScenarioError) {
    self = try value.object { (section) throws(ScenarioError) in
      try ScenarioAxis(name: name, &section)
    }
  }

  private init(name: String, _ section: inout StrictObject) throws(ScenarioError) {
    self.name = name
    means = try section.required("means").string()
    let stepValue = try section.required("step")
    isTime = if case .string = stepValue.value.kind { true } else { false }
    step = try Self.quantity(stepValue, isTime: isTime)
    guard step > 0 else { throw stepValue.failure("step must be above zero") }
    let boundValue = try section.required("up_to")
    bound = try Self.quantity(boundValue, isTime: isTime)
    guard bound >= step else { throw boundValue.failure("up_to must be at least one step") }
    if let value = section.optional("origin") {
      origin = try Self.quantity(value, isTime: isTime)
    } else {
      origin = 0
    }
    let set = try section.required("set")
    guard case .object(let members) = set.value.kind, !members.isEmpty else {
      throw set.failure("set must name values, such as { \"network.loss\": \"$\" }")
    }
    templates = members
  }

  private static func quantity(
    _ value: StrictValue, isTime: Bool
  ) throws(ScenarioError) -> Int64 {
    isTime ? try value.duration().count : try value.integer(in: 0...Int64.max)
  }

  /// A value as a person reads it, such as `42 ms`.
  public func text(of value: Int64) -> String {
    isTime ? DurationText.describe(Nanoseconds(value)) : "\(value)"
  }

  /// The setting that turns the axis to a value.
  public func setting(to value: Int64) -> ScenarioSetting {
    ScenarioSetting(name: name, text: isTime ? DurationText.format(Nanoseconds(value)) : "\(value)")
  }

  /// The document with the axis turned to what a setting says.
  func apply(
    _ setting: ScenarioSetting, to document: JSON5Value
  ) throws(ScenarioError) -> JSON5Value {
    var value: Int64
    if isTime {
      do throws(MalformedText) {
        value = try DurationText.parse(setting.text).count
      } catch {
        throw setting.failure("\(name) \(error.complaint)", hint: error.hint)
      }
    } else {
      guard let number = Int64(setting.text), number >= 0 else {
        throw setting.failure("\(name) must be a whole number", hint: "such as \(name)=\(step)")
      }
      value = number
    }
    value += origin
    let kind: JSON5Value.Kind =
      isTime ? .string(DurationText.format(Nanoseconds(value))) : .integer(Int128(value))
    var changed = document
    for template in templates {
      let path = template.key.split(separator: ".").map(String.init)
      changed = try changed.replacing(path[...], with: template.value.filled(kind), for: setting)
    }
    return changed
  }
}

extension JSON5Value {
  /// The value with every text `$` replaced.
  fileprivate func filled(_ new: Kind) -> JSON5Value {
    switch kind {
    case .string("$"): JSON5Value(new, at: span)
    case .array(let elements): JSON5Value(.array(elements.map { $0.filled(new) }), at: span)
    case .object(let members):
      JSON5Value(
        .object(
          members.map {
            JSON5Member(key: $0.key, keySpan: $0.keySpan, value: $0.value.filled(new))
          }), at: span)
    default: self
    }
  }
}

extension ScenarioAxis {
  /// Reads the section about axes, each by its name.
  static func all(section: inout StrictObject) throws(ScenarioError) -> [ScenarioAxis] {
    var axes: [ScenarioAxis] = []
    for name in section.keys {
      axes.append(try ScenarioAxis(name: name, section.required(name)))
    }
    return axes
  }
}
