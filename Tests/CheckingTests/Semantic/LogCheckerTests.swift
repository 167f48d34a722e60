import Histories
import Testing

@testable import Checking

/// One small history for each way in which a log can go wrong.
struct LogCheckerTests {
  /// Sends 1, 2 and 3 to x, at offsets 0, 1 and 2.
  private let sends = """
    0 invoke send [[:send :x 1] [:send :x 2] [:send :x 3]]
    0 ok send [[:send :x [0 1]] [:send :x [1 2]] [:send :x [2 3]]]

    """

  private func anomalies(_ lines: String, _ checker: String = "log") throws -> [String] {
    try Examination(checker, lines).anomalies
  }

  @Test func `a message below what was polled must be polled`() throws {
    let examination = try Examination(
      "log", sends + "1 invoke poll [[:poll]]\n1 ok poll [[:poll {:x [[2 3]]}]]")
    #expect(examination.isInvalid)
    #expect(examination.anomalies == ["lost-write 0 1", "lost-write 0 1"])
    #expect(examination.fact("unseen-count") == .integer(2))
  }

  @Test func `a message above what was polled is unseen`() throws {
    let examination = try Examination(
      "log", sends + "1 invoke poll [[:poll]]\n1 ok poll [[:poll {:x [[0 1]]}]]")
    #expect(examination.isValid)
    #expect(examination.fact("unseen") == .list([.list([.keyword("x"), .integer(2)])]))
  }

  @Test func `an offset holds one message, a message one offset`() throws {
    let lines = """
      0 invoke send/x 1
      0 ok send/x 0
      1 invoke send/x 2
      1 ok send/x 0
      2 invoke poll/x
      2 ok poll/x [[0 1] [1 2]]
      """
    #expect(try anomalies(lines) == ["inconsistent-offsets 0 1", "duplicate 1 2"])
  }

  @Test func `what an indeterminate send reported counts if some of it was polled`() throws {
    let lines = """
      0 invoke send [[:send :x 1] [:send :y 1]]
      0 info send [[:send :x [0 1]] [:send :y 1]]
      1 invoke send/x 2
      1 ok send/x 0
      2 invoke poll/y
      2 ok poll/y []
      """
    #expect(try anomalies(lines) == [])
    #expect(
      try anomalies(lines.replacing("2 ok poll/y []", with: "2 ok poll/y [[5 1]]"))
        == ["inconsistent-offsets 0 1"])
  }

  @Test func `nobody polls what was aborted or never sent`() throws {
    let lines = """
      0 invoke send/x 1
      0 fail send/x 1
      1 invoke poll/x
      1 ok poll/x [[0 1] [1 7]]
      """
    #expect(try anomalies(lines) == ["G1a 0 1", "unwritten 1"])
  }

  @Test func `no transaction polls what it sends`() throws {
    let lines = """
      0 invoke txn [[:send :x 1] [:poll]]
      0 ok txn [[:send :x [0 1]] [:poll {:x [[0 1]]}]]
      """
    #expect(try anomalies(lines) == ["precommitted-read 0"])
  }

  @Test(arguments: [
    ("[[0 1] [2 3]]", "int-poll-skip 1"), ("[[1 2] [0 1]]", "int-nonmonotonic-poll 1"),
    ("[[1 2] [1 2]]", "int-nonmonotonic-poll 1"),
  ])
  func `one operation polls without gaps and forwards`(polled: String, anomaly: String) throws {
    let rest = "2 invoke poll [[:poll]]\n2 ok poll [[:poll {:x [[0 1] [1 2] [2 3]]}]]\n"
    let lines = sends + "1 invoke poll [[:poll]]\n1 ok poll [[:poll {:x \(polled)}]]\n" + rest
    let examination = try Examination("log", lines)
    #expect(examination.isInvalid)
    #expect(examination.anomalies == [anomaly])
  }

  private func polls(_ first: String, _ between: String, _ second: String) -> String {
    sends + """
      2 invoke poll/x
      2 ok poll/x [[0 1] [1 2] [2 3]]
      1 invoke poll/x
      1 ok poll/x \(first)
      \(between)1 invoke poll/x
      1 ok poll/x \(second)
      """
  }

  @Test func `a consumer goes on where it left off`() throws {
    #expect(try anomalies(polls("[[0 1]]", "", "[[2 3]]")) == ["poll-skip 2 3"])
    #expect(try anomalies(polls("[[0 1] [1 2]]", "", "[[1 2]]")) == ["nonmonotonic-poll 2 3"])
    #expect(try anomalies(polls("[[0 1]]", "", "[[1 2]]")) == [])
  }

  @Test func `a consumer that turned to another key may begin again`() throws {
    let away = "1 invoke assign [:y]\n1 ok assign [:y]\n"
    let failed = "1 invoke assign [:y]\n1 fail assign [:y]\n"
    let both = "1 invoke assign [:x :y]\n1 ok assign [:x :y]\n"
    #expect(try anomalies(polls("[[0 1]]", away, "[[2 3]]")) == [])
    #expect(try anomalies(polls("[[0 1]]", failed, "[[2 3]]")) == ["poll-skip 2 4"])
    #expect(try anomalies(polls("[[0 1]]", both, "[[2 3]]")) == ["poll-skip 2 4"])
  }

  @Test func `a consumer that subscribes may be rebalanced`() throws {
    let lines = polls("[[0 1]]", "1 invoke subscribe [:x]\n1 ok subscribe [:x]\n", "[[2 3]]")
    let examination = try Examination("log", lines)
    #expect(examination.isValid)
    #expect(examination.anomalies == ["poll-skip 2 4"])
    #expect(try Examination("log?rebalancing=never", lines).isInvalid)
    #expect(try Examination("log?rebalancing=possible", polls("[[0 1]]", "", "[[2 3]]")).isValid)
  }

  @Test func `a poll that failed is repeated`() throws {
    let failed = "1 invoke poll/x\n1 fail poll/x [[1 2]]\n"
    #expect(try anomalies(polls("[[0 1]]", failed, "[[1 2] [2 3]]")) == [])
    #expect(try anomalies(polls("[[0 1]]", failed, "[[2 3]]")) == ["poll-skip 2 4"])
  }

  @Test func `a producer appends in order`() throws {
    let lines = { (second: Int) in
      """
      0 invoke send/x 1
      0 ok send/x 5
      0 invoke send/x 2
      0 ok send/x \(second)
      1 invoke poll/x
      1 ok poll/x []
      """
    }
    #expect(try Examination("log", lines(3)).anomalies == ["nonmonotonic-send 0 1"])
    #expect(try Examination("log", lines(7)).anomalies == [])
  }

  @Test func `one operation appends in order, but others may come between`() throws {
    let lines = """
      0 invoke send [[:send :x 1] [:send :x 2]]
      0 ok send [[:send :x [2 1]] [:send :x [1 2]]]
      1 invoke send [[:send :y 1] [:send :y 3]]
      2 invoke send/y 2
      1 ok send [[:send :y [1 1]] [:send :y [3 3]]]
      2 ok send/y 2
      3 invoke poll/y
      3 ok poll/y [[1 1]]
      """
    let examination = try Examination("log", lines)
    #expect(examination.anomalies == ["int-nonmonotonic-send 0", "G0 1 2", "int-send-skip 1"])
    #expect(examination.isInvalid)
  }

  @Test func `transactions that poll each other's messages go round in a circle`() throws {
    let lines = """
      0 invoke txn [[:send :x 1] [:poll]]
      1 invoke txn [[:send :y 2] [:poll]]
      0 ok txn [[:send :x [0 1]] [:poll {:y [[0 2]]}]]
      1 ok txn [[:send :y [0 2]] [:poll {:x [[0 1]]}]]
      """
    let examination = try Examination("log", lines)
    #expect(examination.isInvalid)
    #expect(examination.anomalies == ["G1c 0 1"])
  }

  @Test func `circles with writes matter only where writes are isolated`() throws {
    let writes = """
      0 invoke send [[:send :x 1] [:send :y 1]]
      1 invoke send [[:send :x 2] [:send :y 2]]
      0 ok send [[:send :x [0 1]] [:send :y [1 1]]]
      1 ok send [[:send :x [1 2]] [:send :y [0 2]]]
      2 invoke poll/x
      2 ok poll/x [[0 1] [1 2]]
      """
    let mixed = """
      0 invoke txn [[:send :x 1] [:send :y 3]]
      1 invoke txn [[:poll] [:send :y 2]]
      0 ok txn [[:send :x [0 1]] [:send :y [2 3]]]
      1 ok txn [[:poll {:x [[0 1]]}] [:send :y [1 2]]]
      """
    for (lines, anomaly) in [(writes, "G0 0 1"), (mixed, "G1c 0 1")] {
      #expect(try Examination("log", lines).isValid)
      #expect(try anomalies(lines) == [anomaly])
      #expect(try Examination("log?writes=isolated", lines).isInvalid)
    }
  }

  @Test func `the lag of a consumer is measured from when a message was known`() throws {
    let examination = try Examination(
      "log", sends + "5 invoke poll/x\n5 ok poll/x []\n1 invoke poll/x\n1 ok poll/x [[0 1]]")
    #expect(examination.fact("worst-realtime-lag") == .integer(3_000_000))
    #expect(examination.fact("worst-realtime-lag-process") == .integer(1))
    #expect(examination.fact("worst-realtime-lag-key") == .keyword("x"))
  }

  @Test func `messages that nobody polled tell nothing`() throws {
    #expect(try Examination("log", sends).advice != nil)
    #expect(try Examination("log", "").isValid)
  }

  @Test(arguments: ["0 invoke push 1", "0 invoke txn 5", "0 invoke poll [[:poll 5]]"])
  func `what is no log is an error, not a verdict`(lines: String) {
    #expect(throws: SpecificationError.self) { try Examination("log", lines) }
  }
}
