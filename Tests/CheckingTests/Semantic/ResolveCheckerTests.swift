import Histories
import Testing

@testable import Checking

/// When a write that timed out may still show.
struct ResolveCheckerTests {
  private let absentThenPresent = """
    0 invoke write 1
    0 info write 1
    1 invoke read
    1 ok read nil
    1 invoke read
    1 ok read 1
    """

  @Test func `a write that a read after its timeout did not see must not surface`() throws {
    let examination = try Examination("resolve", absentThenPresent)
    #expect(examination.isInvalid)
    #expect(examination.anomalies == ["surfaced 0 1 2"])
    let model = try #require(Models.named("register"))
    let verdict = try model.check(Examination.history(absentThenPresent), limits: .standard)
    #expect(verdict.linearization != nil, "linearizability lets it surface")
  }

  @Test func `a write that never timed out may surface at any time`() throws {
    let lines = absentThenPresent.replacing("0 info write 1\n", with: "")
    #expect(try Examination("resolve", lines).isValid)
  }

  @Test func `a read that began before the timeout fixes nothing`() throws {
    let examination = try Examination(
      "resolve",
      """
      1 invoke read
      0 invoke write 1
      0 info write 1
      1 ok read nil
      1 invoke read
      1 ok read 1
      """)
    #expect(examination.isValid)
  }

  @Test func `a write that began after the timeout buries the timed-out one`() throws {
    let examination = try Examination(
      "resolve",
      """
      0 invoke write 1
      0 info write 1
      1 invoke write 2
      1 ok write 2
      1 invoke read
      1 ok read 1
      """)
    #expect(examination.anomalies == ["surfaced 0 1 2"])
  }

  @Test func `a timed-out write may have been done all along, or never`() throws {
    let lines = { (value: String) in
      """
      0 invoke write 1
      0 info write 1
      1 invoke read
      1 ok read \(value)
      1 invoke read
      1 ok read \(value)
      """
    }
    #expect(try Examination("resolve", lines("1")).isValid)
    let never = try Examination("resolve", lines("nil"))
    #expect(never.isValid)
    #expect(never.fact("timed-out-write-count") == .integer(1))
  }

  @Test func `a timed-out compare-and-set must not surface either`() throws {
    let examination = try Examination(
      "resolve?initial=0",
      """
      0 invoke cas/x [0 1]
      0 info cas/x [0 1]
      1 invoke read/x
      1 ok read/x 0
      1 invoke cas/x [1 2]
      1 ok cas/x [1 2]
      """)
    #expect(examination.anomalies == ["surfaced 0 1 2"])
    #expect(examination.assessment.anomalies.first?.key == .keyword("x"))
  }

  @Test func `an acknowledged write that reads forget is no late surfacing`() throws {
    let examination = try Examination(
      "resolve",
      """
      0 invoke write 1
      0 ok write 1
      1 invoke read
      1 ok read nil
      """)
    #expect(examination.anomalies == ["not-linearizable 0 1"])
  }

  @Test(arguments: [("fail", "not-linearizable 1"), ("ok", "not-linearizable 0 1")])
  func `a value comes from a write that began before and did not fail`(
    type: String, anomaly: String
  ) throws {
    let write = "0 invoke write 1\n0 \(type) write 1\n"
    let read = "1 invoke read\n1 ok read 1\n"
    let lines = type == "fail" ? write + read : read + write
    #expect(try Examination("resolve", lines).anomalies == [anomaly])
  }

  @Test func `values that are written twice tell nothing`() throws {
    #expect(try Examination("resolve", "0 invoke write 1\n1 invoke write 1").advice != nil)
  }
}
