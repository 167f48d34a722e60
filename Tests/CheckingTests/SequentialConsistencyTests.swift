import Histories
import Testing

@testable import Checking

/// Sequential consistency keeps the order of each process, and nothing else.
struct SequentialConsistencyTests {
  private func assess(_ text: String) throws -> Assessment {
    try SequentialConsistencyChecker(RegisterSpecification()).check(HistoryReader.read(text))
  }

  @Test func `a stale read of another process is allowed`() throws {
    let assessment = try assess(
      """
      {:process 0 :type :invoke :f :write :value 1}
      {:process 0 :type :ok :f :write :value 1}
      {:process 1 :type :invoke :f :read}
      {:process 1 :type :ok :f :read :value nil}
      """)
    #expect(assessment.linearization?.partitions.first?.order == [OperationID(1), OperationID(0)])
  }

  @Test func `two processes that each miss the other's write are caught`() throws {
    // Store buffering: each key alone is fine.
    let assessment = try assess(
      """
      {:process 0 :type :invoke :f :write :key x :value 1}
      {:process 0 :type :ok :f :write :value 1}
      {:process 1 :type :invoke :f :write :key y :value 1}
      {:process 1 :type :ok :f :write :value 1}
      {:process 0 :type :invoke :f :read :key y}
      {:process 0 :type :ok :f :read :value nil}
      {:process 1 :type :invoke :f :read :key x}
      {:process 1 :type :ok :f :read :value nil}
      {:process 2 :type :invoke :f :write :key z :value 1}
      {:process 2 :type :ok :f :write :value 1}
      """.replacing(":key x", with: ":key :x").replacing(":key y", with: ":key :y")
        .replacing(":key z", with: ":key :z"))
    #expect(assessment.outcome == .invalid)
    #expect(assessment.anomalies.first?.operations == (0..<4).map { OperationID($0) })
  }

  @Test func `a write of unknown outcome may happen after everything else`() throws {
    let assessment = try assess(
      """
      {:process 0 :type :invoke :f :write :value 1}
      {:process 0 :type :info :f :write :value 1}
      {:process 1 :type :invoke :f :read}
      {:process 1 :type :ok :f :read :value nil}
      {:process 1 :type :invoke :f :read}
      {:process 1 :type :ok :f :read :value 1}
      """)
    #expect(assessment.outcome == .valid)
  }

  @Test func `a false certificate is refused`() throws {
    let history = try HistoryReader.read(
      """
      {:process 0 :type :invoke :f :write :value 1}
      {:process 0 :type :ok :f :write :value 1}
      {:process 0 :type :invoke :f :read}
      {:process 0 :type :ok :f :read :value 1}
      """)
    let checker = SequentialConsistencyChecker(RegisterSpecification())
    let complaint = { (order: Int...) in
      try checker.complaint(about: order.map { OperationID($0) }, of: history)
    }
    #expect(try complaint(0, 1) == nil)
    #expect(try complaint(1, 0)?.contains("before an earlier one") == true)
    #expect(try complaint(0)?.contains("no place") == true)
    #expect(try complaint(0, 0, 1)?.contains("twice") == true)
  }

  @Test func `too small a budget leaves the question open`() throws {
    var history = History()
    for process: Int64 in 0..<12 {
      for value: Int64 in 0..<4 {
        let write = history.invoke(
          Invocation(
            process: ProcessID(process), function: "write", input: .integer(process * 10 + value)))
        history.complete(write, .ok(.none))
        let read = history.invoke(Invocation(process: ProcessID(process), function: "read"))
        history.complete(read, .ok(.integer(process * 10 + 5)))
      }
    }
    let checker = SequentialConsistencyChecker(
      RegisterSpecification(), limits: SearchLimits(configurations: 5))
    guard case .unknown = try checker.check(history).outcome else {
      Issue.record("five configurations should not be enough")
      return
    }
  }

  @Test(.enabled(if: Conformance.isPresent), arguments: Conformance.rows(in: "stateright/"))
  func `Stateright's verdicts are ours`(row: Conformance.Row) throws {
    let file = try HistoryReader.readFile(try Conformance.content(of: row.path))
    let model = try #require(file.suggestedModel.flatMap(Models.named))
    let property = try #require(
      ModelProperty(rawValue: String(row.model.split(separator: " ")[0])))
    let isValid = try property.check(file.history, model: model).outcome == .valid
    #expect(isValid == row.isValid)
  }
}
