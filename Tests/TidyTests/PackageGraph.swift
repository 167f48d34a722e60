/// Which module may see which, as the package says.
struct PackageGraph {
  let dependencies: [String: Set<String>]
  /// The families of systems.
  let families: Set<String>

  /// Reads the tables and the executable out of a manifest.
  init(manifest: String) {
    var dependencies: [String: Set<String>] = [:]
    let rows = /\(\s*"(\w+)",\s*\[([^\]]*)\]\s*\)/
    let executable = /name: "(\w+)",\s*dependencies: \[([^\]]*)\]/
    for match in manifest.matches(of: rows) + manifest.matches(of: executable) {
      let names = match.2.matches(of: /"(\w+)"/).map { String($0.1) }
      dependencies[String(match.1)] = Set(names)
    }
    // What every family may see stands in one row; a family's own row says what it builds on.
    let common = dependencies.removeValue(forKey: "Systems") ?? []
    families = Set(Repository.folders(in: "Sources/Systems"))
    for name in families { dependencies[name]?.formUnion(common) }
    dependencies["Catalog"]?.formUnion(families)
    self.dependencies = dependencies
  }
}
