import Foundation
import TestKit
import Testing

@testable import Consensus
@testable import Locks
@testable import Workloads

/// Transcripts beside the code say how protocols behave; they play again as they stand there.
///
/// `ORRERY_RECORD_TRANSCRIPTS=1 swift test --filter TranscriptTests` writes them anew: read the
/// difference.
struct TranscriptTests {
  private static let isRecording =
    ProcessInfo.processInfo.environment["ORRERY_RECORD_TRANSCRIPTS"] != nil

  private static let sources = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources")

  private static let paths =
    (FileManager.default.subpaths(atPath: sources.path) ?? [])
    .filter { $0.contains("/Transcripts/") && $0.hasSuffix(".txt") }.sorted()

  @Test(arguments: paths)
  func `a transcript plays again as it stands there`(path: String) throws {
    let file = Self.sources.appending(path: path)
    let text = try String(contentsOf: file, encoding: .utf8)
    let replayed = try Languages.replay(Transcript(text)).text
    if Self.isRecording {
      try replayed.write(to: file, atomically: true, encoding: .utf8)
    } else {
      #expect(replayed == text, "\(path) plays differently")
    }
  }

  @Test func `every protocol has transcripts`() {
    for family in ["Consensus", "Service", "Redlock", "Storage"] {
      #expect(Self.paths.contains { $0.contains("/\(family)/Transcripts/") }, "\(family)")
    }
  }
}
