import TestKit
import Testing

@testable import Reporting

/// How the picture of a story is laid out.
@Suite struct DiagramTests {
  private func row(
    _ kind: Diagram.Row.Kind, _ milliseconds: UInt64, at node: String?, from: String? = nil,
    _ label: String = "", note: String = ""
  ) -> Diagram.Row {
    var row = Diagram.Row(kind: kind, ns: milliseconds * 1_000_000)
    row.node = node
    row.from = from
    row.label = label
    row.note = note
    return row
  }

  private func diagram(_ lanes: [String], _ rows: [Diagram.Row]) -> Diagram {
    Diagram(lanes: lanes, rows: rows, spans: [], borders: [], omitted_lanes: [])
  }

  @Test func `arrows point at who hears, and say what`() {
    let lines = DiagramText(
      diagram(
        ["n1", "n2", "n3"],
        [
          row(.message, 4, at: "n2", from: "n1", "hi"),
          row(.message, 5, at: "n1", from: "n3", "a long message, with details", note: "obeys"),
          row(.lost, 6, at: "n3", from: "n2", "x", note: "lost (F1)"),
        ]), width: 79
    ).lines
    #expect(
      lines == [
        "       ms  n1           n2           n3",
        "      4.0   |---- hi --->|            |",
        "      5.0   *<------------------------|   a long message, with details: obeys",
        "      6.0   |            |----- x ---X|   lost (F1)",
      ])
  }

  @Test func `a node shows what happens at it, and when it does not run`() {
    var leads = row(.timer, 2, at: "n1", note: "leads")
    leads.changes_role = true
    var picture = diagram(
      ["n1", "n2"],
      [
        row(.ask, 1, at: "n2", note: "asks: read"), leads,
        row(.fault, 3, at: "n2", "F1", note: "begins"), row(.step, 4, at: "n1", "goes on"),
        row(.fault, 9, at: "n2", "F1", note: "ends"), row(.gap, 20, at: nil, "3 events, 1 lost"),
      ])
    picture.spans = [
      .init(node: "n2", begins_ns: 3_000_000, ends_ns: 9_000_000, is_down: true),
      .init(node: "n1", begins_ns: 4_000_000, ends_ns: 5_000_000, is_down: false),
    ]
    #expect(
      DiagramText(picture, width: 60).lines == [
        "       ms  n1           n2",
        "      1.0   |            o   asks: read",
        "      2.0   #            |   leads",
        "      3.0   |            x   F1 begins",
        "      4.0   *            .   goes on",
        "      9.0   |            |   F1 ends",
        "            :            :   20.0 ms: 3 events, 1 lost",
      ])
  }

  @Test func `a partition is drawn where it runs between lanes`() {
    var picture = diagram(
      ["n1", "n2", "n3"], [row(.fault, 1, at: nil, "F1", note: "begins")])
    picture.borders = [.init(fault: "F1", pairs: [["n3", "n2"], ["n3", "n1"]])]
    let line = DiagramText(picture, width: 79).lines.last
    #expect(line == "      1.0   |            | ~~~~~~~~~~ |   F1 begins")
  }

  @Test func `the violation has a line of its own`() {
    var last = row(.message, 1, at: "n2", from: "n1", "answer", note: "learns it")
    last.is_violation = true
    #expect(
      DiagramText(diagram(["n1", "n2"], [last]), width: 60).lines.suffix(2)
        == [
          "      1.0   |-- answer ->*   learns it", "            |            !   VIOLATION",
        ])
  }

  @Test func `what does not fit is cut where sentences part`() {
    let message = "Append term 1, entries 1...9, after 0 of term 0, commit 0"
    let lines = DiagramText(
      diagram(["n1", "n2"], [row(.message, 1, at: "n2", from: "n1", message)]), width: 60
    ).lines
    #expect(lines.last?.hasSuffix("Append term 1, entries 1...9") == true)
  }

  @Test func `a picture too wide for its room is not drawn in part`() {
    let lanes = (1...8).map { "n\($0)" }
    let lines = DiagramText(diagram(lanes, [row(.timer, 1, at: "n1", "t")]), width: 50).lines
    #expect(lines.count == 1 && lines[0].contains("--width"))
    #expect(DiagramText(diagram([], []), width: 80).lines.isEmpty)
  }

  /// Whatever is in it, a picture stays within its width and never ends a line with blanks.
  @Test(arguments: 0..<30)
  func `no line is wider than allowed`(seed: UInt64) {
    var dice = Dice(seed: seed)
    let lanes = (1...(1 + dice.below(8))).map { "n\($0)" }
    let words = [
      "vote granted in term 3", "ünïcödé, 時間", "a(b)c", "x",
      String(repeating: "y", count: 90),
    ]
    let kinds: [Diagram.Row.Kind] = [.ask, .message, .lost, .timer, .step, .fault, .gap]
    let rows = (0..<40).map { number in
      row(
        kinds[dice.below(kinds.count)], UInt64(number) * 12_345,
        at: dice.chance(percent: 90) ? lanes[dice.below(lanes.count)] : "n99",
        from: lanes[dice.below(lanes.count)], words[dice.below(words.count)],
        note: dice.chance(percent: 50) ? words[dice.below(words.count)] : "")
    }
    let width = 40 + dice.below(80)
    for line in DiagramText(diagram(lanes, rows), width: width).lines {
      #expect(line.count <= max(width, 50) && line.last != " ", "\(line)")
    }
  }
}

/// Where lanes stand.
@Suite struct LaneOrderTests {
  @Test func `whoever talk to each other stand side by side`() {
    let order = LaneOrder(
      servers: [0, 1, 2], clients: [], arrows: [(0, 2), (2, 0), (0, 2), (2, 1)])
    #expect(order.best == [0, 2, 1])
  }

  @Test func `clients stand at the sides, next to their server`() {
    let order = LaneOrder(
      servers: [0, 1, 2], clients: [3, 4], arrows: [(3, 0), (0, 1), (1, 2), (2, 4)])
    #expect(order.best == [4, 2, 1, 0, 3] || order.best == [3, 0, 1, 2, 4])
  }

  @Test func `many lanes keep their order, and none is lost`() {
    let order = LaneOrder(servers: Array(0..<7), clients: [7, 8, 9, 10, 11], arrows: [(0, 6)])
    #expect(order.best.sorted() == Array(0..<12))
    #expect(order.best.filter { $0 < 7 } == Array(0..<7))
    #expect(LaneOrder(servers: [], clients: [], arrows: []).best.isEmpty)
  }
}
