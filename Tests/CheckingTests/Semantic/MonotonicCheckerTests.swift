import Histories
import Testing

@testable import Checking

/// One small history for each way in which a growing number can go wrong.
struct MonotonicCheckerTests {
  @Test func `a later look sees at least as much, whoever looks`() throws {
    let lines = """
      0 invoke inc/x
      0 ok inc/x 2
      1 invoke read/x
      1 ok read/x 1
      """
    let examination = try Examination("monotonic", lines)
    #expect(examination.isInvalid)
    #expect(examination.anomalies == ["backwards 0 1"])
    #expect(try Examination("monotonic?order=process", lines).isValid)
  }

  @Test func `by process, each still remembers what it saw itself`() throws {
    let examination = try Examination(
      "monotonic?order=process",
      """
      0 invoke read/x
      0 ok read/x 2
      0 invoke read/x
      0 ok read/x nil
      """)
    #expect(examination.anomalies == ["backwards 0 1"])
  }

  @Test func `looks that overlap may see anything, and keys are apart`() throws {
    let examination = try Examination(
      "monotonic",
      """
      0 invoke read/x
      1 invoke read/x
      1 ok read/x 2
      0 ok read/x 1
      1 invoke read/y
      1 ok read/y 0
      """)
    #expect(examination.isValid)
  }

  @Test func `no two increments return the same number, even at the same time`() throws {
    let examination = try Examination(
      "monotonic",
      """
      0 invoke inc
      1 invoke inc
      0 ok inc 1
      1 ok inc 1
      """)
    #expect(examination.anomalies == ["repeated 0 1"])
  }

  @Test func `an increment returns more than what had been seen`() throws {
    let examination = try Examination(
      "monotonic",
      """
      0 invoke read
      0 ok read 3
      1 invoke inc
      1 ok inc 3
      """)
    #expect(examination.anomalies == ["repeated 0 1"])
  }

  @Test func `numbers in one read of a list ascend`() throws {
    let examination = try Examination("monotonic", "0 invoke read\n0 ok read [1 3 2]")
    #expect(examination.isInvalid)
    #expect(examination.anomalies == ["reordered 0"])
  }

  @Test func `reads of several keys that no order satisfies are skewed`() throws {
    let examination = try Examination(
      "monotonic",
      """
      0 invoke read
      1 invoke read
      0 ok read {:x 1, :y 0}
      1 ok read {:x 0, :y 1}
      """)
    #expect(examination.isInvalid)
    #expect(examination.anomalies == ["skew 0 1"])
  }

  @Test func `a skew may take three reads`() throws {
    let examination = try Examination(
      "monotonic",
      """
      0 invoke read
      1 invoke read
      2 invoke read
      0 ok read {:x 1, :y 0}
      1 ok read {:y 1, :z 0}
      2 ok read {:z 1, :x 0}
      """)
    #expect(examination.anomalies == ["skew 0 1 2"])
  }

  @Test(arguments: ["0 invoke write 1", "0 invoke read\n0 ok read :x"])
  func `what does not grow is an error, not a verdict`(lines: String) {
    #expect(throws: SpecificationError.self) { try Examination("monotonic", lines) }
  }
}
