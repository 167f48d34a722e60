import Determinism
import Exploration
import Foundation
import Reporting
import Simulation
import TestKit
import Testing

/// Every file in `Tests/Stories` is a test: the story of its run must be told in the same words.
///
/// The first line of a file names the run. After a change that is meant, record them all again with
/// `ORRERY_RECORD_STORIES=1 swift test --filter GoldenStoryAudits` and read the difference.
enum GoldenStories {
  static let folder = "Tests/Stories"
  static let paths = Repository.files(in: folder, suffix: ".txt")
  static let isRecording = ProcessInfo.processInfo.environment["ORRERY_RECORD_STORIES"] != nil

  private static func story(of seed: UInt64, in scenario: String) throws -> Story? {
    let experiment = try Repository.experiment(named: scenario)
    let record = experiment.run(seed: seed, recording: .events)
    return Story(record) { since in
      record.outcome.finding.map {
        Ablation(of: $0, in: record, of: experiment, since: since)
      }
    }
  }

  static func expectToldAlike(_ path: String) throws {
    let golden = try Repository.text("\(folder)/\(path)")
    let title = golden.prefix { $0 != "\n" }
    let words = title.split(separator: "@0x")
    let seed = try #require(words.last.flatMap { UInt64($0, radix: 16) })
    let story = try #require(try story(of: seed, in: String(words[0])))
    let lines = StoryText(story, width: 80).lines.map(\.text)
    let text = ([String(title), ""] + lines).joined(separator: "\n") + "\n"
    if isRecording {
      let file = Repository.root.appending(path: "\(folder)/\(path)")
      try Data(text.utf8).write(to: file)
    }
    #expect(text == golden)
    for line in lines { #expect(line.count <= 80 && line.last != " ", "\(line)") }
  }
}

/// All of them: each is told after dozens of runs that test its blame.
@Suite(.enabled(if: isAuditing || GoldenStories.isRecording)) struct GoldenStoryAudits {
  @Test(arguments: GoldenStories.paths)
  func `a story is told in the same words`(path: String) throws {
    try GoldenStories.expectToldAlike(path)
  }
}

/// A quarter of them, and what holds for all.
@Suite struct GoldenStoryTests {
  @Test(arguments: GoldenStories.paths.enumerated().filter { $0.offset % 4 == 3 }.map(\.element))
  func `a story is told in the same words`(path: String) throws {
    try GoldenStories.expectToldAlike(path)
  }

  @Test func `there are stories about clients and about rules`() throws {
    let texts = try GoldenStories.paths.map {
      try Repository.text("\(GoldenStories.folder)/\($0)")
    }
    #expect(texts.contains { $0.contains("WHAT CLIENTS SAW") })
    #expect(texts.count { !$0.contains("WHAT CLIENTS SAW") } >= 2)
  }
}
