import Determinism
import ProtocolKit
import Simulation
import Text

/// How the parameters that a fault declares are read, whatever the fault.
extension StrictObject {
  /// The values under the keys that are declared; the rest of the file's keys is left.
  mutating func values(
    of parameters: [FaultParameter], in cluster: ClusterShape
  ) throws(ScenarioError) -> ParameterValues {
    var given: [(name: String, value: ParameterValue)] = []
    for parameter in parameters {
      let isRequired = parameter.absence == .refused
      let value = isRequired ? try required(parameter.name) : optional(parameter.name)
      guard let value else { continue }
      given.append((parameter.name, try value.value(as: parameter.form, in: cluster)))
    }
    return ParameterValues(given, of: parameters)
  }

  /// The complaint of a fault, at the place in the file that it is about.
  mutating func failure(_ complaint: FaultComplaint) -> ScenarioError {
    guard let value = complaint.parameter.flatMap({ optional($0) }) else {
      return failure(complaint.message, hint: complaint.hint)
    }
    let place = complaint.element.flatMap { value.element($0) } ?? value
    return place.failure(complaint.message, hint: complaint.hint)
  }
}

extension StrictValue {
  fileprivate func value(
    as form: FaultParameter.Form, in cluster: ClusterShape
  ) throws(ScenarioError) -> ParameterValue {
    switch form {
    case .integer(let bounds): .integer(try integer(in: bounds))
    case .duration: .duration(try duration())
    case .signedDuration: .duration(try signedDuration())
    case .span: .span(try durationRange())
    case .ratio: .ratio(try ratio())
    case .flag: .flag(try boolean())
    case .mark: .text(try string())
    case .name(let noun, let names): .text(try choice(of: noun, among: names))
    case .names(let noun, let names):
      .names(
        try list { (value) throws(ScenarioError) in try value.choice(of: noun, among: names) })
    case .node: .node(try node(cluster))
    case .nodes: .nodes(try nodes(cluster))
    }
  }

  /// One element of a list; nil if this is none or too short.
  fileprivate func element(_ place: Int) -> StrictValue? {
    let elements = try? list { (value) throws(ScenarioError) in value }
    guard let elements, elements.indices.contains(place) else { return nil }
    return elements[place]
  }
}
