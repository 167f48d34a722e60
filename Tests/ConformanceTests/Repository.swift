import Text
import Catalog
import SystemKit
import Exploration
import Foundation
import Scenarios
import Traces

/// The files of this repository that are tests by being there.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The paths below a folder, relative to it, that end in a suffix, in alphabetical order.
  static func files(in folder: String, suffix: String) -> [String] {
    let paths = FileManager.default.subpaths(atPath: root.appending(path: folder).path) ?? []
    return paths.filter { $0.hasSuffix(suffix) }.sorted()
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  static func scenario(_ path: String) throws -> Scenario {
    try Scenario(SourceText(try text("Scenarios/\(path)"), file: path))
  }

  /// The golden runs.
  static func goldenRuns() throws -> [GoldenTrace] {
    try files(in: "traces", suffix: ".trace").map {
      try GoldenTrace(try text("traces/\($0)"), file: $0)
    }
  }

  /// The scenario with this name.
  static func experiment(named name: String) throws -> Experiment {
    try OrreryCatalog.systems.experiment(for: scenario("\(name).json5"))
  }
}
