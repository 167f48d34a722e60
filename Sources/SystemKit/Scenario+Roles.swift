import Scenarios
import Text

extension Scenario.System {
  /// Throws an error at the place in the file unless the roles are those that a system has.
  func require(_ declared: [System.Role]) throws(ScenarioError) {
    for given in roles { try given.require(declared) }
    for role in declared where role.size.lowerBound > 0 {
      guard roles.contains(where: { $0.name == role.name }) else {
        throw rolesValue.failure(
          "nobody plays the role \"\(role.name)\"",
          hint: "add \(role.name): \(role.size.lowerBound)")
      }
    }
  }
}

extension Scenario.Role {
  fileprivate func require(_ declared: [System.Role]) throws(ScenarioError) {
    guard let role = declared.first(where: { $0.name == name }) else {
      let names = declared.map(\.name)
      throw value.failure(
        "unknown role \"\(name)\"",
        hint: Suggestion.hint(for: name, among: names) ?? "one of \(names.joined(separator: ", "))")
    }
    guard role.groups.contains(groups.count) else {
      throw value.failure(
        "the role \"\(name)\" has \(groups.count) groups",
        hint: "its number of groups must be \(Self.words(role.groups))")
    }
    guard let size = groups.first(where: { !role.size.contains($0) }) else { return }
    throw value.failure("\(name) must be \(Self.words(role.size)), not \(size)")
  }

  private static func words(_ range: ClosedRange<Int>) -> String {
    range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
  }
}
