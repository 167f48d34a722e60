import Determinism
import Exploration
import Foundation
import Reporting
import Simulation
import Testing

/// Every file in `Tests/Stories` is a test: the story of its run must be told in the same words.
///
/// The first line of a file names the run. After a change that is meant, record them all again with
/// `ORRERY_RECORD_STORIES=1 swift test --filter GoldenStoryTests` and read the difference.
@Suite struct GoldenStoryTests {
  private static let folder = "Tests/Stories"
  private static let isRecording =
    ProcessInfo.processInfo.environment["ORRERY_RECORD_STORIES"] != nil

  private static func story(of seed: UInt64, in scenario: String) throws -> Story? {
    let experiment = try Repository.experiment(named: scenario)
    let record = experiment.run(seed: seed, recording: .events)
    return Story(record) { since in
      record.outcome.finding.map {
        Ablation(of: $0, in: record, of: experiment, since: since)
      }
    }
  }

  @Test(arguments: Repository.files(in: folder, suffix: ".txt"))
  func `a story is told in the same words`(path: String) throws {
    let golden = try Repository.text("\(Self.folder)/\(path)")
    let title = golden.prefix { $0 != "\n" }
    let words = title.split(separator: "@0x")
    let seed = try #require(words.last.flatMap { UInt64($0, radix: 16) })
    let story = try #require(try Self.story(of: seed, in: String(words[0])))
    let lines = StoryText(story, width: 80).lines.map(\.text)
    let text = ([String(title), ""] + lines).joined(separator: "\n") + "\n"
    if Self.isRecording {
      let file = Repository.root.appending(path: "\(Self.folder)/\(path)")
      try Data(text.utf8).write(to: file)
    }
    #expect(text == golden)
    for line in lines { #expect(line.count <= 80 && line.last != " ", "\(line)") }
  }

  @Test func `there are stories about clients and about rules`() throws {
    let texts = try Repository.files(in: Self.folder, suffix: ".txt").map {
      try Repository.text("\(Self.folder)/\($0)")
    }
    #expect(texts.contains { $0.contains("WHAT CLIENTS SAW") })
    #expect(texts.count { !$0.contains("WHAT CLIENTS SAW") } >= 2)
  }
}
