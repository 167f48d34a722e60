import Foundation
import Testing

/// How commands end a finding with its story, from outside.
@Suite struct StoryTests {
  private static let scenario = "raft/defects/raft-stale-vote-reply"
  private static let seed = "0x146e44ff5125787f"
  private static let run = "run \(scenario) --seed \(seed)"
  private static let sections = [
    "\nA leader lacks a committed entry.\n", "\nWHAT HAPPENED\n", "\nWHY THIS IS WRONG  ",
    "\nNEEDED FOR THE FAILURE  ", "\nIN A PICTURE\n", "VIOLATION",
  ]
  private let workbench: Workbench

  init() throws { workbench = try Workbench() }

  private func isInOrder(_ parts: [String], in text: String) -> Bool {
    var rest = text[...]
    for part in parts {
      guard let range = rest.range(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }

  @Test(arguments: [
    run, "replay \(scenario)@\(seed)", "fuzz \(scenario) --seeds \(seed)..\(seed)",
  ])
  func `a finding ends with its story, and with the command that repeats it`(line: String) throws {
    let result = try workbench.orrery(line)
    #expect(result.code == 1)
    #expect(isInOrder(Self.sections, in: result.output), "\(result.output)")
    #expect(result.output.contains("orrery replay \(Self.scenario)@\(Self.seed)"))
    for line in result.lines where !line.contains("@0x") { #expect(line.count <= 80, "\(line)") }
    #expect(result.output.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A })
  }

  @Test(arguments: ["--no-story", "-q"])
  func `a story that is not wanted is not told`(option: String) throws {
    for line in [Self.run, "fuzz \(Self.scenario) --seeds \(Self.seed)..\(Self.seed)"] {
      let text = try workbench.orrery("\(line) \(option)")
      #expect(text.code == 1)
      #expect(!text.output.contains("WHAT HAPPENED"))
    }
    let report = try workbench.orrery("\(Self.run) \(option) --json").record()
    #expect(report["story"] is NSNull)
  }

  @Test func `a picture that is not wanted is not drawn, and a width is kept`() throws {
    let result = try workbench.orrery("\(Self.run) --no-diagram --width 60")
    #expect(isInOrder(Array(Self.sections.prefix(4)), in: result.output))
    #expect(!result.output.contains("IN A PICTURE"))
    let story = result.output.drop { $0 != "\n" }.split(separator: "\nA leader lacks").last ?? ""
    for line in story.split(separator: "\n") where !line.contains("@0x") {
      #expect(line.count <= 60, "\(line)")
    }
  }

  @Test func `machines get the same story as data`() throws {
    let report = try workbench.orrery("\(Self.run) --json").record()
    let story = try #require(report["story"] as? [String: Any])
    #expect(
      story.keys.sorted() == [
        "clients", "diagram", "faults", "happened", "headline", "is_cut", "needed", "property",
        "why",
      ])
    #expect(story["headline"] as? String == "A leader lacks a committed entry.")
    let needed = try #require(story["needed"] as? [String: Any])
    let trials = try #require(needed["alone"] as? [[String: Any]])
    #expect(trials.allSatisfy { $0["with"] is Int && $0["without"] is Int && $0["role"] is String })
    #expect(needed["untried"] as? Int == 0)
    let diagram = try #require(story["diagram"] as? [String: Any])
    #expect((diagram["lanes"] as? [String])?.sorted() == ["n1", "n2", "n3"])
    let plain = try workbench.orrery("\(Self.run) --plain").lines.filter {
      $0.contains("\tstory\t")
    }
    #expect(plain.contains("\(Self.seed)\tstory\theadline\t\tA leader lacks a committed entry."))
    #expect(
      plain.allSatisfy { $0.split(separator: "\t", omittingEmptySubsequences: false).count == 5 })
  }

  @Test func `a story is the same every time`() throws {
    let first = try workbench.orrery("\(Self.run) --json").output
    #expect(try workbench.orrery("\(Self.run) --json").output == first)
  }
}
