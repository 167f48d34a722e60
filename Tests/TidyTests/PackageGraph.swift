/// Which module may see which, as the package says.
struct PackageGraph {
  let dependencies: [String: Set<String>]

  /// Reads the tables and the executable out of a manifest.
  init(manifest: String) {
    var dependencies: [String: Set<String>] = [:]
    let rows = /\(\s*"(\w+)",\s*\[([^\]]*)\]\s*\)/
    let executable = /name: "(\w+)",\s*dependencies: \[([^\]]*)\]/
    for match in manifest.matches(of: rows) + manifest.matches(of: executable) {
      let names = match.2.matches(of: /"(\w+)"/).map { String($0.1) }
      dependencies[String(match.1)] = Set(names)
    }
    self.dependencies = dependencies
  }
}
