/// A package with a system of its own: the example of the tutorial, under another name.
struct SystemTemplate {
  /// A file of the package.
  struct File: Hashable {
    /// Where it lies in the package.
    let path: String
    let text: String
  }

  /// The name of the example, which every package takes its own in place of.
  private static let exampleName = "own-system"
  /// How the example finds orrery.
  private static let exampleDependency = #".package(name: "orrery", path: "../..")"#

  let name: String
  let dependency: OrreryDependency

  /// Every file of the package.
  var files: [File] {
    Self.files.map { file in
      File(
        path: file.path.replacing(Self.exampleName, with: name),
        text: file.text
          .replacing(Self.exampleDependency, with: dependency.declaration)
          .replacing("package: \"orrery\"", with: "package: \"\(dependency.identity)\"")
          .replacing(Self.exampleName, with: name))
    }
  }
}

/// Where a package finds orrery.
enum OrreryDependency: Hashable {
  /// In a folder.
  case folder(String)
  /// In a Git repository, in a version or a later one that is compatible.
  case repository(url: String, version: String)

  /// Reads a folder, or an URL and a version with `@` between them.
  init?(_ text: String) {
    let isURL = text.contains("://") || text.hasPrefix("git@")
    guard isURL else {
      self = .folder(text)
      return
    }
    guard let separator = text.lastIndex(of: "@"),
      !text[separator...].contains("/"), !text[separator...].contains(":")
    else { return nil }
    let version = text[text.index(after: separator)...]
    let numbers = version.split(separator: ".", omittingEmptySubsequences: false)
    guard numbers.count == 3, numbers.allSatisfy({ Int($0) != nil }) else { return nil }
    self = .repository(url: String(text[..<separator]), version: String(version))
  }

  /// The line of the manifest.
  var declaration: String {
    switch self {
    case .folder(let path): ".package(name: \"orrery\", path: \"\(path)\")"
    case .repository(let url, let version): ".package(url: \"\(url)\", from: \"\(version)\")"
    }
  }

  /// What products of orrery are called after: a name that was given, or the end of the URL.
  var identity: String {
    switch self {
    case .folder: return "orrery"
    case .repository(let url, _):
      let last = url.split(separator: "/").last.map(String.init) ?? url
      return last.hasSuffix(".git") ? String(last.dropLast(4)) : last
    }
  }
}
