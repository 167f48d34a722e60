import Foundation
import Testing

/// Where the program works and finds its scenarios, from wherever it is started.
@Suite struct PlaceTests {
  private let workbench: Workbench

  init() throws {
    workbench = try Workbench()
    try FileManager.default.createDirectory(
      at: workbench.folder.appending(path: "elsewhere"), withIntermediateDirectories: true)
    try FileManager.default.moveItem(
      at: workbench.folder.appending(path: "Scenarios"),
      to: workbench.folder.appending(path: "elsewhere/Scenarios"))
  }

  @Test(arguments: ["-C elsewhere", "-Celsewhere", "--directory elsewhere"])
  func `a change of folder holds for the processes that do the work`(words: String) throws {
    let run = try workbench.orrery("\(words) run raft/steady --seed 1 --json")
    #expect(run.code == 0, "\(run.errors)")
    let fuzz = try workbench.orrery("fuzz raft/steady --runs 2 --seed 1 --json -q \(words)")
    #expect(fuzz.code == 0, "\(fuzz.errors)")
  }

  @Test func `scenarios are found in the folder that is named`() throws {
    let run = try workbench.orrery("run raft/steady --scenarios elsewhere/Scenarios --json")
    #expect(run.code == 0, "\(run.errors)")
    let fuzz = try workbench.orrery(
      "--scenarios elsewhere/Scenarios fuzz raft/steady --runs 2 --seed 1 --json -q")
    #expect(fuzz.code == 0, "\(fuzz.errors)")
    let list = try workbench.orrery("list --plain --scenarios elsewhere/Scenarios")
    #expect(list.output.contains("raft/steady\t"))
  }

  @Test func `a folder that is not there is an error, and none is entered`() throws {
    let result = try workbench.orrery("-C nowhere list")
    #expect(result.code == 65)
    #expect(result.errors == "orrery: there is no folder nowhere\n")
    #expect(try workbench.orrery("run -C elsewhere -C elsewhere raft/steady").code == 64)
    #expect(try workbench.orrery("list -qC elsewhere").code == 64)
  }

  @Test func `an installed program finds the scenarios beside it`() throws {
    let manager = FileManager.default
    let prefix = workbench.folder.appending(path: "prefix")
    for folder in ["bin", "share/orrery"] {
      try manager.createDirectory(
        at: prefix.appending(path: folder), withIntermediateDirectories: true)
    }
    try manager.copyItem(at: Workbench.program, to: prefix.appending(path: "bin/orrery"))
    try manager.moveItem(
      at: workbench.folder.appending(path: "elsewhere/Scenarios"),
      to: prefix.appending(path: "share/orrery/Scenarios"))
    let process = Process()
    process.executableURL = prefix.appending(path: "bin/orrery")
    process.arguments = ["run", "raft/steady", "--seed", "1", "--json"]
    process.currentDirectoryURL = workbench.folder
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}
