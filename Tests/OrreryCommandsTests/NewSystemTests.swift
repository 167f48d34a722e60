import Foundation
import Testing

@testable import OrreryCommands

/// What `orrery new system` writes.
@Suite struct NewSystemTests {
  private static let example = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "examples/own-system")

  @Test func `the template is the example, file for file`() throws {
    let paths = try #require(FileManager.default.subpaths(atPath: Self.example.path))
    let expected = paths.filter {
      !$0.hasPrefix(".build") && ($0.hasSuffix(".swift") || $0.hasSuffix(".json5"))
    }
    #expect(
      SystemTemplate.files.map(\.path).sorted() == expected.sorted(),
      "run scripts/embed-example")
    for file in SystemTemplate.files {
      let text = try String(contentsOf: Self.example.appending(path: file.path), encoding: .utf8)
      #expect(file.text == text, "\(file.path): run scripts/embed-example")
    }
  }

  @Test func `a package takes its own name and finds orrery where it was told`() throws {
    let folder = SystemTemplate(name: "my-queue", dependency: .folder("/opt/orrery"))
    #expect(folder.files.contains { $0.path == "Sources/my-queue/Main.swift" })
    let manifest = try #require(folder.files.first { $0.path == "Package.swift" }).text
    #expect(manifest.contains(".package(name: \"orrery\", path: \"/opt/orrery\")"))
    #expect(!folder.files.contains { $0.text.contains("own-system") })
    let version = try #require(OrreryDependency("https://example.org/lab/orrery-fork.git@1.2.3"))
    let remote = SystemTemplate(name: "q", dependency: version)
    let text = try #require(remote.files.first { $0.path == "Package.swift" }).text
    #expect(
      text.contains(
        ".package(url: \"https://example.org/lab/orrery-fork.git\", from: \"1.2.3\")"))
    #expect(text.contains("package: \"orrery-fork\""))
  }

  @Test(arguments: [
    "https://example.org/orrery", "git@example.org:lab/orrery", "https://example.org/orrery@main",
  ])
  func `a repository needs a version`(place: String) {
    #expect(OrreryDependency(place) == nil)
  }
}
