import Foundation

/// `orrery new system NAME`: a package with a system of its own, to start from.
struct NewCommand {
  let context: CommandContext

  func run() throws(CommandFailure) -> ExitCode {
    let name = context.arguments.words[1]
    guard name.wholeMatch(of: /[a-z][a-z0-9-]*/) != nil else {
      throw CommandFailure(
        "\(Program.name) new: a package cannot be called \"\(name)\"\n"
          + "  small letters, digits and hyphens, such as my-queue\n", .usage)
    }
    guard !FileManager.default.fileExists(atPath: name) else {
      throw CommandFailure(
        "\(Program.name) new: \(name) is there already\n  choose another name, or remove it\n",
        .usage)
    }
    let template = SystemTemplate(name: name, dependency: try dependency())
    for file in template.files { try write(file, below: name) }
    context.print("wrote \(name)/: a primary-backup store with a known bug, to start from")
    context.hint(
      """

      Next: cd \(name) && swift build
            .build/debug/\(name) fuzz swarm --runs 200
            .build/debug/\(name) fuzz answers-before-sync --max-failures 1
      """)
    return .clean
  }

  private func dependency() throws(CommandFailure) -> OrreryDependency {
    guard let place = context.arguments[.orrery] ?? Self.ownPackage else {
      throw CommandFailure(
        "\(Program.name) new: where is orrery's package?\n"
          + "  say so with --orrery FOLDER or --orrery URL@VERSION\n", .usage)
    }
    guard let dependency = OrreryDependency(place) else {
      throw CommandFailure(
        "\(Program.name) new: --orrery \(place) names no version\n"
          + "  add one, such as \(place)@1.2.0\n", .usage)
    }
    guard case .folder(let path) = dependency else { return dependency }
    let folder = URL(fileURLWithPath: path).standardizedFileURL
    guard FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path)
    else {
      throw CommandFailure(
        badInput: "\(Program.name) new: there is no package in \(folder.path)\n")
    }
    return .folder(folder.path)
  }

  /// The package that this program was built from, if it is still there.
  private static var ownPackage: String? {
    var folder = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { folder.deleteLastPathComponent() }
    let manifest = folder.appending(path: "Package.swift").path
    return FileManager.default.fileExists(atPath: manifest) ? folder.path : nil
  }

  private func write(
    _ file: SystemTemplate.File, below folder: String
  ) throws(CommandFailure) {
    let place = URL(fileURLWithPath: folder).appending(path: file.path)
    do {
      try FileManager.default.createDirectory(
        at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.text.utf8).write(to: place, options: .atomic)
    } catch {
      throw CommandFailure(
        "\(Program.name) new: cannot write \(place.path): \(error.localizedDescription)\n",
        .outputFailure)
    }
  }
}
