import Foundation
import Testing

/// A folder with copies of the scenarios and golden runs, in which the built program runs as users
/// run it: with its output going to files, and no terminal anywhere.
final class Workbench {
  /// What a command left behind.
  struct Result {
    let code: Int32
    let output: String
    let errors: String

    var lines: [Substring] { output.split(separator: "\n") }

    /// The only JSON document, or one record, of the output.
    func record(_ line: Substring? = nil) throws -> [String: Any] {
      let text = try #require(line ?? lines.first)
      return try #require(
        try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }
  }

  private static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  /// The test bundle and the program lie side by side.
  static let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "orrery")

  let folder: URL
  private var commands = 0

  init() throws {
    let manager = FileManager.default
    folder = manager.temporaryDirectory.appending(path: "orrery-\(UUID().uuidString)")
    try manager.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in ["Scenarios", "traces"] {
      try manager.copyItem(
        at: Self.repository.appending(path: name), to: folder.appending(path: name))
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func read(_ path: String) throws -> String {
    try String(contentsOf: folder.appending(path: path), encoding: .utf8)
  }

  func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: path))
  }

  /// Replaces a text in a file, which must contain it.
  func edit(_ path: String, _ old: String, _ new: String) throws {
    let text = try read(path)
    try #require(text.contains(old))
    try write(text.replacing(old, with: new, maxReplacements: 1), to: path)
  }

  /// Runs a command line to its end.
  func orrery(_ line: String, input: String = "") throws -> Result {
    try start(line, input: input).result()
  }

  /// Starts a command line.
  func start(_ line: String, input: String = "") throws -> RunningCommand {
    commands += 1
    let names = ["in", "out", "err"].map { "command-\(commands).\($0)" }
    try write(input, to: names[0])
    for name in names.dropFirst() { try write("", to: name) }
    let process = Process()
    process.executableURL = Self.program
    process.arguments = line.split(separator: " ").map(String.init)
    process.currentDirectoryURL = folder
    process.standardInput = try FileHandle(forReadingFrom: folder.appending(path: names[0]))
    process.standardOutput = try FileHandle(forWritingTo: folder.appending(path: names[1]))
    process.standardError = try FileHandle(forWritingTo: folder.appending(path: names[2]))
    try process.run()
    return RunningCommand(process: process, workbench: self, output: names[1], errors: names[2])
  }
}

/// A command line that may not have ended yet.
struct RunningCommand {
  let process: Process
  let workbench: Workbench
  let output: String
  let errors: String

  /// Waits for the end.
  func result() throws -> Workbench.Result {
    process.waitUntilExit()
    let isSignal = process.terminationReason == .uncaughtSignal
    return Workbench.Result(
      code: process.terminationStatus + (isSignal ? 128 : 0),
      output: try workbench.read(output), errors: try workbench.read(errors))
  }

  /// Waits until stderr has a text.
  func waitForErrors(containing text: String) throws {
    try wait { try workbench.read(errors).contains(text) }
  }

  /// Waits for the child processes of the command and returns their numbers.
  func waitForChildren(_ count: Int) throws -> [pid_t] {
    try wait { children.count >= count }
    return children
  }

  private var children: [pid_t] {
    let number = process.processIdentifier
    let text = try? String(
      contentsOfFile: "/proc/\(number)/task/\(number)/children", encoding: .utf8)
    return (text ?? "").split(separator: " ").compactMap { pid_t($0) }
  }

  private func wait(until condition: () throws -> Bool) throws {
    let deadline = Date(timeIntervalSinceNow: 10)
    while try !condition() {
      try #require(Date() < deadline)
      usleep(2_000)
    }
  }
}
