import Foundation
import ProtocolKit
import TestKit
import Testing

/// The journal that simulated disks carry keeps its promises in a real file, too.
@Suite struct JournalFileTests {
  /// Lets a writer append to a file for a while, kills it, and returns what it had promised.
  private func promises(of path: String, killedAfter pause: Duration) async throws -> [UInt64] {
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let writer = Process()
    writer.executableURL = folder.appending(path: "JournalWriter")
    writer.arguments = [path]
    let output = Pipe()
    writer.standardOutput = output
    try writer.run()
    try await Task.sleep(for: pause)
    kill(writer.processIdentifier, SIGKILL)
    writer.waitUntilExit()
    #expect(writer.terminationReason == .uncaughtSignal, "the writer gave up by itself")
    let text = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    // A line that the kill cut short promises nothing.
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .compactMap { UInt64($0) }
  }

  @Test(.timeLimit(.minutes(10)))
  func `a writer killed at any time has kept what it promised, and nothing else is there`()
    async throws
  {
    let file = FileManager.default.temporaryDirectory.appending(path: "journal-\(UUID()).bin")
    defer { try? FileManager.default.removeItem(at: file) }
    var dice = Dice(seed: 12)
    var torn = 0
    var promised: UInt64 = 0
    var life = 0
    // At least forty kills, and at least one in the middle of a record.
    while life < 40 || torn == 0, life < 400 {
      life += 1
      let pause = Duration.microseconds(4_000 + dice.below(30_000))
      promised = max(promised, try await promises(of: file.path, killedAfter: pause).last ?? 0)
      let bytes = FileManager.default.contents(atPath: file.path).map { Array($0) } ?? []
      let scan = try JournalScanner(bytes, blockSize: JournalFile.blockSize)
      #expect(scan.end.position.count >= promised, "life \(life)")
      for record in scan.records {
        #expect(record.bytes == JournalFile.record(at: record.position.count), "life \(life)")
      }
      if scan.ending != .clean { torn += 1 }
    }
    #expect(promised > 40)
    #expect(torn > 0, "no kill came in the middle of a record")
  }
}
