import Histories
import Testing

@testable import Checking

/// One small history for each way in which a queue can go wrong.
struct QueueCheckerTests {
  @Test func `what nobody put in may not come out`() throws {
    let examination = try Examination(
      "queue",
      """
      0 invoke enqueue 1
      0 ok enqueue 1
      1 invoke dequeue
      1 ok dequeue 2
      """)
    #expect(examination.isInvalid)
    #expect(examination.anomalies == ["unexpected 1"])
  }

  @Test func `an element may not come out before anybody tries to put it in`() throws {
    let examination = try Examination(
      "queue",
      """
      0 invoke dequeue
      0 ok dequeue 1
      1 invoke enqueue 1
      1 ok enqueue 1
      """)
    #expect(examination.anomalies == ["unexpected 0"])
  }

  @Test func `an element that failed to go in may not come out`() throws {
    let lines = """
      0 invoke enqueue 1
      0 fail enqueue 1
      1 invoke dequeue
      1 ok dequeue 1
      """
    for checker in ["queue", "total-queue"] {
      #expect(try Examination(checker, lines).anomalies == ["revived 1"])
    }
  }

  @Test func `an element comes out as often as it may have gone in`() throws {
    let lines = """
      0 invoke enqueue 1
      0 info enqueue 1
      1 invoke dequeue
      1 ok dequeue 1
      1 invoke drain
      1 ok drain [1]
      """
    #expect(try Examination("queue", lines).anomalies == ["duplicated 1 2"])
    let total = try Examination("total-queue", lines)
    #expect(total.isValid)
    #expect(total.anomalies == ["duplicated 1 2"])
    #expect(total.fact("recovered-count") == .integer(1))
    #expect(try Examination("total-queue?duplicates=forbidden", lines).isInvalid)
  }

  @Test func `an acknowledged element that never comes out is lost`() throws {
    let examination = try Examination(
      "total-queue",
      """
      0 invoke enqueue/q 1
      0 ok enqueue/q 1
      0 invoke enqueue/q 2
      0 ok enqueue/q 2
      1 invoke drain/q
      1 ok drain/q [2]
      """)
    #expect(examination.isInvalid)
    #expect(examination.anomalies == ["lost 0"])
    #expect(examination.assessment.anomalies.first?.key == .keyword("q"))
    #expect(examination.fact("lost-count") == .integer(1))
  }

  @Test func `a queue that is not drained tells nothing about loss`() throws {
    let examination = try Examination(
      "total-queue",
      """
      1 invoke dequeue
      1 ok dequeue nil
      0 invoke enqueue 1
      0 ok enqueue 1
      """)
    #expect(examination.advice?.contains("drain") == true)
    #expect(examination.fact("undrained-count") == .integer(1))
  }

  @Test func `a dequeue with an unknown outcome may have taken what is missing`() throws {
    let lines = """
      0 invoke enqueue 1
      0 ok enqueue 1
      1 invoke dequeue
      1 info dequeue nil
      2 invoke drain
      2 ok drain []
      """
    let examination = try Examination("total-queue", lines)
    #expect(examination.advice != nil)
    #expect(examination.anomalies == ["lost 0"])
    #expect(try Examination("total-queue?crashed-dequeues=take-nothing", lines).isInvalid)
  }

  @Test func `but one dequeue cannot have taken two elements`() throws {
    let examination = try Examination(
      "total-queue",
      """
      0 invoke enqueue 1
      0 ok enqueue 1
      0 invoke enqueue 2
      0 ok enqueue 2
      1 invoke dequeue
      1 info dequeue nil
      2 invoke drain
      2 ok drain []
      """)
    #expect(examination.isInvalid)
  }

  @Test func `what a crashed drain reported did come out`() throws {
    let examination = try Examination(
      "total-queue?crashed-dequeues=take-nothing",
      """
      0 invoke enqueue 1
      0 ok enqueue 1
      1 invoke drain
      1 info drain [1]
      2 invoke drain
      2 ok drain []
      """)
    #expect(examination.isValid)
  }

  @Test func `an empty history is valid, and a foreign function an error`() throws {
    #expect(try Examination("queue", "").isValid)
    #expect(try Examination("total-queue", "").isValid)
    for checker in ["queue", "total-queue"] {
      #expect(throws: SpecificationError.self) { try Examination(checker, "0 invoke push 1") }
    }
  }
}
