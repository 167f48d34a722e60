import Foundation
import Scenarios
import SystemKit
import Text

/// What a program is made of besides its verbs: its systems, and where its scenarios lie.
struct Product: Sendable {
  let systems: [System]
  let benchmarks: [Benchmark]
  /// The folder in which scenarios are looked up by name.
  let folder: String

  /// The same with its scenarios where the options say, or where they are.
  func placed(by options: GlobalOptions) -> Product {
    let installed = Program.folder + "/../share/\(Program.name)/\(folder)"
    let isHere = FileManager.default.fileExists(atPath: folder)
    let isInstalled = FileManager.default.fileExists(atPath: installed)
    let place = options.scenarios ?? (!isHere && isInstalled ? installed : folder)
    return Product(systems: systems, benchmarks: benchmarks, folder: place)
  }

  /// Finds a scenario by its path or by its name, reads it and prepares it.
  func scenario(_ reference: String) throws(CommandFailure) -> ScenarioFile {
    try ScenarioFile(reference, of: self)
  }

  /// The paths of all scenarios below the folder, in alphabetical order.
  func allScenarios() -> [String] {
    let paths = FileManager.default.subpaths(atPath: folder) ?? []
    return paths.filter { $0.hasSuffix(".json5") }.sorted().map { "\(folder)/\($0)" }
  }
}
