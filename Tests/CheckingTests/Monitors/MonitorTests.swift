import Histories
import Testing

@testable import Checking

/// What monitors say about one small history for each way in which an object can go wrong.
struct MonitorTests {
  /// What a monitor says about the only partition of a history.
  private func judge<Specification>(
    _ specification: Specification, _ monitor: (Specification) -> Monitor<Specification>,
    _ script: String
  ) throws -> MonitorAnswer.Judgement {
    let history = try scriptedHistory(script)
    let answers = try monitor(specification).answers(for: history, specification: specification)
    return try #require(answers.first).judgement
  }

  private func pool(
    _ order: PoolSpecification.Order, _ script: String
  ) throws -> MonitorAnswer.Judgement {
    try judge(PoolSpecification(order), Monitor.pool, script)
  }

  @Test func `two values cannot be in a register at once`() throws {
    let judgement = try judge(
      RegisterSpecification(), Monitor.register,
      """
      0: write - 1...
      1: write - 2...
      2: read - 1
      2: read - 2
      2: read - 1
      0: ok nil
      1: ok nil
      """)
    #expect(judgement.conflict == [0, 1, 2, 3, 4])
    #expect(judgement.explanation?.operation == OperationID(4))
  }

  @Test func `a crashed write that nobody saw did not happen, one that was seen did`() throws {
    let script = "0: write - 1...\n0: info\n1: write - 2\n1: read - 2\n1: read - 1"
    #expect(
      try judge(RegisterSpecification(), Monitor.register, script).order == [1, 2, 0, 3])
    let unseen = "0: write - 1...\n0: info\n1: write - 2\n1: read - 2"
    #expect(try judge(RegisterSpecification(), Monitor.register, unseen).order == [1, 2])
  }

  @Test func `values leave a queue in the order in which they came`() throws {
    let judgement = try pool(
      .firstInFirstOut,
      """
      0: enqueue - 1
      0: enqueue - 2
      1: dequeue - 2...
      2: dequeue - 1...
      1: ok 2
      2: ok 1
      """)
    #expect(judgement.order == [0, 1, 3, 2])
    let wrong = try pool(
      .firstInFirstOut, "0: enqueue - 1\n0: enqueue - 2\n0: enqueue - 3\n1: dequeue - 2")
    #expect(wrong.conflict == [0, 1, 3])
  }

  @Test func `a crashed dequeue may have taken what is missing, but only one value`() throws {
    let script = "0: dequeue - nil...\n0: info\n1: enqueue - 1\n1: enqueue - 2\n1: dequeue - 2"
    #expect(try pool(.firstInFirstOut, script).order == [1, 0, 2, 3])
    let two = "0: dequeue - nil...\n1: enqueue - 1\n1: enqueue - 2\n1: enqueue - 3\n1: dequeue - 3"
    #expect(try pool(.firstInFirstOut, two).explanation?.operation == OperationID(4))
  }

  @Test func `an enqueue that was tried again may have happened twice`() throws {
    let script = "0: enqueue - 1...\n0: info\n1: enqueue - 1\n1: dequeue - 1"
    #expect(try pool(.firstInFirstOut, script).order == [1, 2])
    #expect(try pool(.firstInFirstOut, script + "\n1: dequeue - 1").isNotApplicable)
  }

  @Test func `a queue is not empty while something has to be in it`() throws {
    let script = """
      0: enqueue - 1
      1: dequeue - nil...
      0: enqueue - 2
      0: dequeue - 1
      1: ok nil
      0: dequeue - 2
      """
    #expect(try pool(.firstInFirstOut, script).conflict == [0, 1, 2, 3])
  }

  @Test func `what lies below in a stack cannot be popped`() throws {
    let wrong = try pool(.lastInFirstOut, "0: push - 1\n0: push - 2\n0: push - 3\n1: pop - 2")
    #expect(wrong.conflict == [1, 2, 3])
    #expect(wrong.explanation?.completedBefore == 3)
    let nested = """
      0: push - 1
      1: pop - nil...
      0: push - 2...
      1: ok 2
      0: ok nil
      0: pop - 1
      """
    #expect(try pool(.lastInFirstOut, nested).order == [0, 2, 1, 3])
  }

  @Test func `the highest priority goes first, and equal ones in any order`() throws {
    let inserts = "0: insert - [1 :a]\n0: insert - [2 :b]\n0: insert - [2 :c]\n"
    let polls = "0: poll - [2 :c]\n0: poll - [2 :b]\n0: poll - [1 :a]"
    #expect(try pool(.highestFirst, inserts + polls).order == [0, 1, 2, 3, 4, 5])
    #expect(try pool(.highestFirst, inserts + "0: poll - [1 :a]").conflict?.count == 3)
    #expect(try pool(.lowestFirst, inserts + "0: poll - [1 :a]").order != nil)
    #expect(try pool(.highestFirst, "0: insert - :a\n0: poll - :a").isNotApplicable)
  }

  @Test func `nothing is taken twice, before it came, or without having come`() throws {
    for order: PoolSpecification.Order in [.firstInFirstOut, .lastInFirstOut, .highestFirst, .any] {
      let names = order == .lastInFirstOut ? ("push", "pop") : ("enqueue", "dequeue")
      let (put, take) = ("0: \(names.0) - 1", "0: \(names.1) - 1")
      #expect(try pool(order, "\(put)\n\(take)\n\(take)").conflict == [0, 1, 2])
      #expect(try pool(order, "\(take)\n\(put)").explanation?.operation == OperationID(0))
      #expect(try pool(order, take).conflict == [0])
      #expect(try pool(order, "\(put)\n\(take)").order == [0, 1])
    }
  }

  @Test func `a set does not miss what has to be in it`() throws {
    let seen = "0: add - 1...\n1: contains - 1...\n1: ok true\n"
    let missed = "2: contains - 1...\n2: ok false\n0: ok true"
    let wrong = try judge(SetSpecification(), Monitor.set, seen + missed)
    #expect(wrong.conflict == [0, 1, 2])
    let removed = "3: remove - 1...\n3: info\n" + missed
    #expect(try judge(SetSpecification(), Monitor.set, seen + removed).order == [0, 1, 2, 3])
    let again = "0: add - 1...\n0: ok true\n0: add - 1...\n0: ok true"
    #expect(try judge(SetSpecification(), Monitor.set, again).isNotApplicable)
  }

  @Test func `critical sections of a lock are disjoint`() throws {
    let script =
      "0: acquire - nil\n1: acquire - nil...\n0: release - nil\n1: ok nil\n1: release - nil"
    #expect(try judge(MutexSpecification(), Monitor.mutex, script).order == [0, 2, 1, 3])
    let wrong = "0: acquire - nil\n1: acquire - nil\n0: release - nil\n1: release - nil"
    #expect(try judge(MutexSpecification(), Monitor.mutex, wrong).conflict == [0, 1])
    let foreign = "0: acquire - nil\n1: release - nil"
    #expect(try judge(MutexSpecification(), Monitor.mutex, foreign).isNotApplicable)
  }

  @Test func `fencing tokens grow`() throws {
    let lease = LeaseSpecification()
    let wrong = "0: acquire - 2...\n0: ok 2\n1: acquire - nil...\n1: ok 1"
    #expect(try judge(lease, Monitor.lease, wrong).conflict == [0, 1])
    let late = """
      0: acquire - nil...
      0: ok 1
      1: acquire - nil...
      1: ok 2
      0: renew - 1
      """
    #expect(try judge(lease, Monitor.lease, late).conflict == [0, 1, 2])
    let crashed = "0: acquire - nil...\n0: info\n1: renew - 3"
    #expect(try judge(lease, Monitor.lease, crashed).order == [0, 1])
  }
}

extension MonitorAnswer.Judgement {
  /// The order of a valid history, by place in it.
  fileprivate var order: [Int]? {
    if case .valid(let order) = self { order.map(\.position) } else { nil }
  }

  /// The explanation of an invalid history.
  fileprivate var explanation: Explanation? {
    if case .invalid(let explanation) = self { explanation } else { nil }
  }

  /// The operations of the conflict in an invalid history.
  fileprivate var conflict: [Int]? { explanation?.conflict?.operations.map(\.position) }

  fileprivate var isNotApplicable: Bool {
    if case .notApplicable = self { true } else { false }
  }
}
