import Histories
import Testing

@testable import Checking

/// One small history for each way in which a counter or a generator can go wrong.
struct CounterCheckerTests {
  @Test(arguments: [(-1, false), (0, true), (1, true), (3, true), (4, false)])
  func `a read lies between what must and what may have been added`(
    value: Int, isValid: Bool
  ) throws {
    let examination = try Examination(
      "counter",
      """
      0 invoke add 3
      1 invoke read
      0 info add 3
      1 ok read \(value)
      """)
    #expect(examination.isValid == isValid)
    #expect(examination.anomalies == (isValid ? [] : ["out-of-bounds 1"]))
  }

  @Test func `decrements widen the bounds downwards`() throws {
    let lines = { (value: Int) in
      """
      0 invoke add 3
      0 ok add 3
      1 invoke add -2
      2 invoke read
      2 ok read \(value)
      1 ok add -2
      """
    }
    for (value, isValid) in [(0, false), (1, true), (3, true), (4, false)] {
      #expect(try Examination("counter", lines(value)).isValid == isValid)
    }
  }

  @Test func `increments and decrements are adds, of one unless they say more`() throws {
    let lines = "0 invoke increment\n0 ok increment\n0 invoke decrement 3\n0 ok decrement 3\n"
    #expect(try Examination("counter", lines + "1 invoke read\n1 ok read -2").isValid)
    #expect(try Examination("counter", lines + "1 invoke read\n1 ok read -3").isInvalid)
  }

  @Test func `a failed add does not count`() throws {
    let examination = try Examination(
      "counter",
      """
      0 invoke add 3
      0 fail add 3
      1 invoke read
      1 ok read 3
      """)
    #expect(examination.anomalies == ["out-of-bounds 1"])
  }

  @Test func `two reads that contradict each other escape the bounds but not the search`() throws {
    let lines = """
      0 invoke add 1
      1 invoke add 2
      2 invoke read
      2 ok read 1
      2 invoke read
      2 ok read 2
      """
    #expect(try Examination("counter", lines).isValid)
    let exact = try Examination("counter?exact=yes", lines)
    #expect(exact.isInvalid)
    #expect(exact.assessment.explanation?.operation == OperationID(3))
  }

  @Test func `a valid counter comes with its linearization`() throws {
    let exact = try Examination("counter?exact=yes", "0 invoke add 1\n0 ok add 1")
    #expect(exact.isValid)
    #expect(exact.assessment.linearization?.partitions.count == 1)
  }

  @Test(arguments: [
    "0 invoke add :x", "0 invoke read\n0 ok read :x", "0 invoke push 1",
    "0 invoke add 9223372036854775807\n1 invoke add 1",
  ])
  func `what is no counter is an error, not a verdict`(lines: String) {
    #expect(throws: SpecificationError.self) { try Examination("counter", lines) }
  }

  @Test func `an identifier that is given out twice is duplicated once`() throws {
    let examination = try Examination(
      "unique-ids",
      """
      0 invoke generate
      0 ok generate 7
      1 invoke generate
      1 ok generate 7
      1 invoke generate
      1 ok generate 7
      1 invoke generate
      1 info generate
      """)
    #expect(examination.isInvalid)
    #expect(examination.anomalies == ["duplicated 0 1"])
    #expect(examination.fact("attempted-count") == .integer(4))
    #expect(examination.fact("acknowledged-count") == .integer(3))
  }

  @Test func `identifiers under different keys may be equal`() throws {
    let lines = "0 invoke generate/a\n0 ok generate/a 7\n0 invoke generate/b\n0 ok generate/b 7"
    #expect(try Examination("unique-ids", lines).isValid)
    #expect(throws: SpecificationError.self) { try Examination("unique-ids", "0 invoke read") }
  }
}
