import Foundation

/// A file of this repository.
struct RepositoryFile: Sendable {
  /// The path from the top of the repository.
  let path: String
  let text: String
  /// The text without comments and strings.
  let code: SwiftCode

  /// The name without the folders.
  var name: String { String(path.split(separator: "/").last ?? "") }

  /// The folder below `Sources`, `Sources/Systems` or `Tests`.
  var module: String {
    let parts = path.split(separator: "/")
    return parts.count > 2 ? String(isOfFamily ? parts[2] : parts[1]) : ""
  }

  /// Whether it is a part of a family of systems.
  var isOfFamily: Bool { path.hasPrefix("Sources/Systems/") }
}

/// The repository that these tests lie in.
enum Repository {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appending(path: path).path)
  }

  /// A file, or nil when there is none at this path.
  static func file(_ path: String) -> RepositoryFile? {
    guard let text = try? String(contentsOf: root.appending(path: path), encoding: .utf8) else {
      return nil
    }
    return RepositoryFile(path: path, text: text, code: SwiftCode(text))
  }

  /// The files below a folder whose names end in something, in the order of their paths.
  static func files(below folder: String, ending suffix: String) -> [RepositoryFile] {
    let paths = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
    return (paths?.allObjects ?? []).compactMap { $0 as? String }
      .filter { $0.hasSuffix(suffix) }.sorted().compactMap { file("\(folder)/\($0)") }
  }

  /// The names of the folders directly in a folder.
  static func folders(in folder: String) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: root.appending(path: folder).path)
    return (names ?? []).sorted().filter { name in
      var isFolder: ObjCBool = false
      let path = root.appending(path: "\(folder)/\(name)").path
      return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        && isFolder.boolValue
    }
  }

  static let sources = files(below: "Sources", ending: ".swift")
  static let tests = files(below: "Tests", ending: ".swift")
}
