import Exploration
import Terminal
import TestKit
import Testing

@testable import Reporting

/// How the sections of a story are laid out.
@Suite struct StoryTextTests {
  private let story: Story = {
    let long = "n1 says \"" + String(repeating: "something long ", count: 20) + "\" to n2."
    return Story(
      headline: "A read returned an old value: ünïcödé had been replaced before it began.",
      property: "linearizable", key: "\"a key\twith a tab\"",
      clients: [
        .init(
          node: "n3", text: "write 1", asked_ns: 1_000_000, answered_ns: 2_500_000, answer: "ok",
          is_impossible: false),
        .init(
          node: "n4", text: "read", asked_ns: 3_000_000, answered_ns: nil, answer: "unknown",
          is_impossible: true),
      ],
      happened: (0..<12).map { .init(ns: UInt64($0) * 90_000_000, event: UInt64($0), text: long) },
      why: ["It is\u{1B}[31m wrong.", "It matters."],
      needed: .init(
        tries: 6,
        alone: (0..<20).map { number in
          .init(
            text: "F\(number) fault \(number)", role: number == 3 ? .needed : .likelier,
            with: 5, without: number == 3 ? 0 : 2,
            instead: number == 3 ? "durability: \(long)" : nil)
        }, together: ["crash n1", "crash n1", long], without_together: 4, with_together: 5,
        untried: 0,
        earlier_faults: 2, runs: 9),
      faults: [
        .init(name: "F1", text: "split partition {n1} | {n2}", begins_ns: 1, ends_ns: 2, entry: 0)
      ],
      diagram: Diagram(
        lanes: ["n1", "n2"], rows: [.init(kind: .timer, ns: 5, node: "n1", label: long)],
        spans: [], borders: [], omitted_lanes: []),
      is_cut: true)
  }()

  @Test(arguments: [40, 60, 79, 80, 120, 400])
  func `no line is wider than asked for, or dangerous to show`(width: Int) {
    let lines = StoryText(story, width: width).lines.map(\.text)
    for line in lines {
      #expect(line.count <= width && line.last != " ", "\(line)")
      #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
    }
  }

  @Test func `sections come in the order in which one asks`() {
    let lines = StoryText(story, width: 80).lines
    let headings = lines.filter { $0.style == .bold }.map { $0.text.split(separator: "  ")[0] }
    #expect(
      headings == [
        "WHAT CLIENTS SAW", "WHAT HAPPENED", "WHY THIS IS WRONG", "NEEDED FOR THE FAILURE",
        "IN A PICTURE",
      ])
    #expect(lines.first?.style == .failure)
    let brief = StoryText(story, width: 80, hasDiagram: false).lines
    #expect(brief.allSatisfy { !$0.text.contains("IN A PICTURE") } && brief.count < lines.count)
  }

  @Test func `what clients saw is a table`() {
    let lines = StoryText(story, width: 80).lines.map(\.text)
    #expect(lines.contains("  n3  write 1  asked 1.0 ms  answered ok  2.5 ms"))
    #expect(lines.contains("  n4  read     asked 3.0 ms  no answer            <- impossible"))
  }

  @Test func `many troubles are counted, and alike ones told once`() {
    let lines = StoryText(story, width: 80).lines.map(\.text)
    let text = lines.joined(separator: "\n")
    #expect(lines.contains("    5 of 6   0 of 6   needed             F3 fault 3"))
    #expect(lines.contains("    5 of 6   2 of 6   makes it likelier  F0 fault 0"))
    #expect(text.contains("Without F3 fault 3, this run ends with another violation: durability"))
    #expect(text.contains("    12 more"))
    #expect(text.contains("crash n1 (2 times)"))
    #expect(text.contains("2 earlier faults had ended before and stayed as they were."))
  }

  @Test func `what was not tested to the end is not claimed`() {
    var story = story
    story.needed?.untried = 7
    let unsure = StoryText(story, width: 80).lines.map(\.text)
    #expect(unsure.contains { $0.contains("7 more were not tried one by one") })
    story.needed?.untried = 0
    story.needed?.alone = []
    let none = StoryText(story, width: 80).lines.map(\.text)
    #expect(none.contains { $0.contains("it comes about without any of these") })
    story.needed = nil
    #expect(!StoryText(story, width: 80).lines.contains { $0.text.hasPrefix("NEEDED") })
  }

  @Test func `where only ASCII can be shown, nothing else is`() {
    let lines = StoryText(story, width: 80, isASCII: true).lines
    #expect(lines.allSatisfy { $0.text.utf8.allSatisfy { $0 < 0x80 } })
    #expect(lines[0].text.contains("?n?c?d?"))
  }
}
