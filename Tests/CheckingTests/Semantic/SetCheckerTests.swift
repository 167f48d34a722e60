import Histories
import Testing

@testable import Checking

/// One small history for each way in which a set can go wrong.
struct SetCheckerTests {
  private let lostAtTheEnd = """
    0 invoke add 1
    0 ok add 1
    1 invoke read
    1 ok read #{1}
    1 invoke read
    1 ok read #{}
    """

  @Test func `an acknowledged element that the final read misses is lost`() throws {
    let examination = try Examination("set", lostAtTheEnd)
    #expect(examination.isInvalid)
    #expect(examination.anomalies == ["lost 0 2"])
  }

  @Test func `with every read, an element is lost from when it was seen last`() throws {
    let examination = try Examination("set-full", lostAtTheEnd)
    #expect(examination.isInvalid)
    #expect(examination.anomalies == ["lost 0 1 2"])
    let latency = examination.fact("lost-latencies")?.elements?.last
    #expect(latency == .list([.integer(100), .integer(1_000_001)]))
  }

  @Test func `an element that nobody added is unexpected, even if somebody adds it later`() throws {
    let lines = """
      1 invoke read
      1 ok read #{1 2}
      0 invoke add 1
      0 ok add 1
      """
    #expect(try Examination("set-full", lines).anomalies == ["unexpected 0", "unexpected 0"])
    #expect(try Examination("set", lines).anomalies == ["unexpected 0", "unexpected 0"])
  }

  @Test func `an element that failed to be added may not be read`() throws {
    let lines = """
      0 invoke add 1
      0 fail add 1
      1 invoke read
      1 ok read #{1}
      """
    for checker in ["set", "set-full"] {
      #expect(try Examination(checker, lines).anomalies == ["revived 1"])
    }
  }

  @Test func `an add with an unknown outcome may be seen or not`() throws {
    let lines = """
      0 invoke add 1
      0 info add 1
      2 invoke add 2
      2 info add 2
      1 invoke read
      1 ok read #{1}
      """
    let examination = try Examination("set", lines)
    #expect(examination.isValid)
    #expect(examination.fact("recovered-count") == .integer(1))
    #expect(try Examination("set-full", lines).isValid)
  }

  @Test func `a read that overlaps an add cannot be blamed for missing it`() throws {
    let lines = """
      0 invoke add 1
      1 invoke read
      0 ok add 1
      1 ok read #{}
      """
    #expect(try Examination("set", lines).advice != nil)
    let full = try Examination("set-full", lines)
    #expect(full.advice != nil)
    #expect(full.fact("never-read-count") == .integer(1))
  }

  @Test func `an element twice in one read is reported`() throws {
    let examination = try Examination(
      "set-full",
      """
      0 invoke add 1
      0 ok add 1
      1 invoke read
      1 ok read [1 1]
      """)
    #expect(examination.isInvalid)
    #expect(examination.anomalies == ["duplicated 1"])
  }

  @Test func `an element that is missed for a while is stale`() throws {
    let lines = """
      0 invoke add 1
      0 ok add 1
      1 invoke read
      1 ok read #{}
      1 invoke read
      1 ok read #{1}
      """
    let examination = try Examination("set-full", lines)
    #expect(examination.isValid)
    #expect(examination.anomalies == ["stale 0 1"])
    #expect(try Examination("set-full?linearizable=yes", lines).isInvalid)
  }

  @Test func `a set that was never read tells nothing`() throws {
    for checker in ["set", "set-full"] {
      #expect(try Examination(checker, "").advice != nil)
      #expect(try Examination(checker, "0 invoke add 1\n0 ok add 1").advice != nil)
    }
  }

  @Test func `sets under different keys are apart`() throws {
    let lines = """
      0 invoke add/a 1
      0 ok add/a 1
      1 invoke read/a
      1 ok read/a #{1}
      1 invoke read/b
      1 ok read/b #{}
      """
    #expect(try Examination("set", lines).isValid)
    #expect(try Examination("set-full", lines).isValid)
  }

  @Test func `what is not a set is an error, not a verdict`() {
    for checker in ["set", "set-full"] {
      #expect(throws: SpecificationError.self) {
        try Examination(checker, "0 invoke read\n0 ok read 5")
      }
    }
  }
}
