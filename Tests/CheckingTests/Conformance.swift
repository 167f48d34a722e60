import Foundation
import Testing

/// Histories from other projects with the verdicts that those projects establish.
///
/// They lie outside the package, in `../shared/conformance` or where `ORRERY_CONFORMANCE` says;
/// tests that need them are skipped where they are absent.
enum Conformance {
  /// One line of the manifest.
  struct Row: Sendable, CustomTestStringConvertible {
    var path: String
    var format: String
    var model: String
    /// How many operations the source counts.
    var operations: Int
    /// The verdict as the manifest words it.
    var verdict: String
    /// What else the source establishes, in its own notation.
    var detail: String

    var isValid: Bool { verdict == "valid" }
    var testDescription: String { path }
  }

  static let root: String = {
    if let chosen = ProcessInfo.processInfo.environment["ORRERY_CONFORMANCE"] { return chosen }
    var package = URL(filePath: #filePath)
    for _ in 0..<4 { package.deleteLastPathComponent() }
    return package.appending(path: "shared/conformance").path
  }()

  static let isPresent = FileManager.default.fileExists(atPath: root + "/MANIFEST.tsv")

  /// The rows whose path begins with one of these folders.
  static func rows(in folders: String...) -> [Row] {
    guard let manifest = try? String(contentsOfFile: root + "/MANIFEST.tsv", encoding: .utf8) else {
      return []
    }
    return manifest.split(separator: "\n").dropFirst().compactMap { line in
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard folders.contains(where: { columns[0].hasPrefix($0) }) else { return nil }
      return Row(
        path: columns[0], format: columns[1], model: columns[2],
        operations: Int(columns[6]) ?? 0, verdict: columns[3], detail: columns[4])
    }
  }

  static func content(of path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: root + "/" + path)))
  }
}
