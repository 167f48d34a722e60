import Histories
import Testing

@testable import Checking

/// One small history for each way in which reads of many things can go wrong.
struct SnapshotCheckerTests {
  @Test(arguments: [
    ("{0 10, 1 1}", "wrong-total 1"), ("{0 11, 1 -1}", "negative-value 1"),
    ("{0 10, 1 nil}", "nil-balance 1"), ("{0 9, 2 1}", "unexpected-key 1"),
  ])
  func `a read of the accounts shows what is wrong`(balances: String, anomaly: String) throws {
    let examination = try Examination(
      "bank",
      """
      0 invoke read
      0 ok read {0 10, 1 0}
      0 invoke read
      0 ok read \(balances)
      """)
    #expect(examination.isInvalid)
    #expect(examination.anomalies == [anomaly])
  }

  @Test func `the total may be given, and debts allowed`() throws {
    let lines = "0 invoke read\n0 ok read {0 11, 1 -1}"
    #expect(try Examination("bank?negative-balances=allowed", lines).isValid)
    #expect(
      try Examination("bank?negative-balances=allowed&total=11", lines).anomalies
        == ["wrong-total 0"])
  }

  @Test func `accounts that nobody read tell nothing`() throws {
    #expect(try Examination("bank", "0 invoke transfer {:from 0 :to 1}").advice != nil)
    #expect(throws: SpecificationError.self) {
      try Examination("bank", "0 invoke read\n0 ok read [1 2]")
    }
  }

  private let fork = """
    0 invoke read [[:r 0 nil] [:r 1 nil]]
    0 ok read [[:r 0 1] [:r 1 nil]]
    1 invoke read [[:r 1 nil] [:r 0 nil]]
    1 ok read [[:r 1 1] [:r 0 nil]]
    """

  @Test func `two reads that each miss what the other saw are a long fork`() throws {
    let examination = try Examination("long-fork", fork)
    #expect(examination.isInvalid)
    #expect(examination.anomalies == ["long-fork 0 1"])
  }

  @Test func `reads of other groups are not compared, but their size is looked at`() throws {
    let lines = """
      0 invoke read [[:r 0 nil] [:r 1 nil]]
      0 ok read [[:r 0 1] [:r 1 nil]]
      1 invoke read [[:r 1 nil] [:r 0 nil] [:r 2 nil]]
      1 ok read [[:r 1 1] [:r 0 nil] [:r 2 nil]]
      """
    #expect(try Examination("long-fork", lines).isValid)
    #expect(try Examination("long-fork?group-size=2", lines).advice != nil)
  }

  @Test func `a key that is written twice makes agreement worthless`() throws {
    let lines = "0 invoke write [[:w 0 1]]\n0 ok write [[:w 0 1]]\n1 invoke write [[:w 0 2]]"
    #expect(try Examination("long-fork", lines).advice != nil)
    #expect(try Examination("long-fork", lines + "\n2 invoke read [[:r 0 nil]]").advice != nil)
  }

  @Test(arguments: ["[[:w 0 1] [:w 1 1]]", "[[:r 0 nil] [:w 1 1]]", "[[:x 0 1]]", "7"])
  func `other transactions are an error, not a verdict`(value: String) {
    #expect(throws: SpecificationError.self) {
      try Examination("long-fork", "0 invoke txn \(value)\n0 ok txn \(value)")
    }
  }

  @Test func `a write is not seen without one that had completed before it`() throws {
    let examination = try Examination(
      "causal-reverse",
      """
      0 invoke write 1
      0 ok write 1
      1 invoke write 2
      2 invoke read
      2 ok read [2]
      """)
    #expect(examination.isInvalid)
    #expect(examination.anomalies == ["causal-reverse 0 1 2"])
  }

  @Test func `of concurrent writes either may be seen alone`() throws {
    let examination = try Examination(
      "causal-reverse",
      """
      0 invoke write 1
      1 invoke write 2
      0 ok write 1
      1 ok write 2
      2 invoke read
      2 ok read [2]
      2 invoke read
      2 ok read [1]
      """)
    #expect(examination.isValid)
  }

  @Test func `values that are written twice tell nothing`() throws {
    let lines = "0 invoke write 1\n1 invoke write 1"
    #expect(try Examination("causal-reverse", lines).advice != nil)
  }
}
