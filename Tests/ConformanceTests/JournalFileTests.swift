import Foundation
import ProtocolKit
import TestKit
import Testing

/// The journal that simulated disks carry keeps its promises in a real file, too.
@Suite struct JournalFileTests {
  /// Lets a writer append to a file until it has promised this often and then some microseconds,
  /// kills it, and returns all that it had promised.
  private func promises(
    of path: String, killedAfter count: Int, andThen pause: UInt32
  ) throws -> [UInt64] {
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let writer = Process()
    writer.executableURL = folder.appending(path: "JournalWriter")
    writer.arguments = [path]
    let output = Pipe()
    writer.standardOutput = output
    try writer.run()
    var told = Data()
    // On a busy machine the writer takes its time to begin: its promises tell how far it is.
    while told.count(where: { $0 == UInt8(ascii: "\n") }) < count {
      let news = output.fileHandleForReading.availableData
      if news.isEmpty { break }
      told += news
    }
    // Blocks: a suspended test would wait for all others that keep the processors busy.
    usleep(pause)
    kill(writer.processIdentifier, SIGKILL)
    writer.waitUntilExit()
    #expect(writer.terminationReason == .uncaughtSignal, "the writer gave up by itself")
    told += try output.fileHandleForReading.readToEnd() ?? Data()
    // A line that the kill cut short promises nothing.
    return told.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
      .compactMap { UInt64(String(decoding: $0, as: UTF8.self)) }
  }

  /// Kills the writers of one file several times; returns how often a kill tore a record.
  private func tornRecords(_ dice: inout Dice, lives: Int) throws -> Int {
    let file = FileManager.default.temporaryDirectory.appending(path: "journal-\(UUID()).bin")
    defer { try? FileManager.default.removeItem(at: file) }
    var torn = 0
    for life in 1...lives {
      let pause = UInt32(dice.below(2_000))
      let promised = try promises(
        of: file.path, killedAfter: 1 + dice.below(3), andThen: pause)
      let bytes = FileManager.default.contents(atPath: file.path).map { Array($0) } ?? []
      let scan = try JournalScanner(bytes, blockSize: JournalFile.blockSize)
      #expect(try scan.end.position.count >= #require(promised.last), "life \(life)")
      for record in scan.records {
        #expect(record.bytes == JournalFile.record(at: record.position.count), "life \(life)")
      }
      if scan.ending != .clean { torn += 1 }
    }
    return torn
  }

  @Test(.timeLimit(.minutes(10)))
  func `a writer killed at any time has kept what it promised, and nothing else is there`() throws {
    var dice = Dice(seed: 12)
    var torn = 0
    var files = 0
    // Short files: every life begins by reading all that its file holds. Where syncs are slow most
    // kills come during one, and more are needed until one tears a record.
    while files < 8 || torn == 0, files < 80 {
      files += 1
      torn += try tornRecords(&dice, lives: 5)
    }
    #expect(torn > 0, "no kill came in the middle of a record")
  }
}
