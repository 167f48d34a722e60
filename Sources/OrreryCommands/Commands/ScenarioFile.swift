import Text
import Exploration
import Foundation
import Scenarios
import SystemKit

/// A scenario file that was found and understood.
struct ScenarioFile {
  /// The words by which the user named it.
  let reference: String
  let scenario: Scenario
  let experiment: Experiment
  private let system: System
  /// The folder in which it was looked up.
  let folder: String

  /// Finds a scenario by its path or by its name, reads it and prepares it.
  init(_ reference: String, of product: Product) throws(CommandFailure) {
    self.reference = reference
    folder = product.folder
    let (name, settings) = try Self.translating { () throws(ScenarioError) in
      try ScenarioSetting.split(reference)
    }
    let path = try Self.path(of: name, in: product)
    let bytes = try Self.read(path)
    (scenario, system, experiment) = try Self.translating { () throws(ScenarioError) in
      let scenario = try Scenario(SourceText(bytes: bytes, file: path), settings: settings)
      let system = try product.systems.system(of: scenario)
      return (scenario, system, try system.experiment(for: scenario))
    }
  }

  /// The scenario as a seed varies it; as it stands in the file where that cannot run.
  func scenario(of seed: UInt64) -> Scenario { (try? scenario.varied(for: seed)) ?? scenario }

  /// The scenario as campaigns see it, with the known bugs of its protocol to plant.
  var underTest: ScenarioUnderTest {
    ScenarioUnderTest(experiment, defects: system.defects) { [scenario, system] defect in
      do throws(ScenarioError) {
        return try system.experiment(for: scenario, planting: [defect])
      } catch {
        preconditionFailure("a scenario that was understood before is not now: \(error)")
      }
    }
  }

  /// Turns a complaint about a scenario into one of the command.
  private static func translating<Result>(
    _ body: () throws(ScenarioError) -> Result
  ) throws(CommandFailure) -> Result {
    do throws(ScenarioError) {
      return try body()
    } catch {
      throw CommandFailure(badInput: error.render())
    }
  }

  /// The reference by which runs end soon after clients have seen something impossible.
  static func stoppingEarly(_ reference: String) -> String {
    reference + (reference.contains("?") ? "&" : "?") + "check.early_stop=true"
  }

  /// The content of a file.
  static func read(_ path: String) throws(CommandFailure) -> [UInt8] {
    guard !isFolder(path) else {
      throw CommandFailure(badInput: "\(Program.name): cannot read \(path): it is a folder\n")
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CommandFailure(
        badInput: "\(Program.name): cannot read \(path): no such file, or no permission\n")
    }
    return [UInt8](data)
  }

  private static func path(
    of reference: String, in product: Product
  ) throws(CommandFailure) -> String {
    let folder = product.folder
    let candidates = [reference, "\(folder)/\(reference)", "\(folder)/\(reference).json5"]
    if let path = candidates.first(where: isFile) { return path }
    if isFolder(reference) {
      throw CommandFailure(
        badInput: "\(Program.name): \(reference) is a folder, not a scenario\n"
          + "  \(Program.name) list shows the scenarios below \(folder)/\n")
    }
    let names = product.allScenarios().map {
      String($0.dropFirst(folder.count + 1).dropLast(".json5".count))
    }
    let short = names.first { $0.split(separator: "/").last.map(String.init) == reference }
    if let short { return "\(folder)/\(short).json5" }
    let lookalike =
      Suggestion.hint(for: reference, among: names)
      ?? Suggestion.hint(for: reference, among: names.map { "\(folder)/\($0).json5" })
    let hint = lookalike ?? "\(Program.name) list shows the scenarios below \(folder)/"
    throw CommandFailure(badInput: "\(Program.name): no scenario \"\(reference)\"\n  \(hint)\n")
  }

  private static func isFile(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path) && !isFolder(path)
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }
}
