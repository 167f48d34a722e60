import Determinism
import Histories
import Testing

@testable import Checking

/// One small history for each way in which a register can go wrong, and for each way it may not.
struct AnomalyTests {
  private func check(
    _ text: String, _ specification: some SequentialSpecification = RegisterSpecification()
  ) throws -> Verdict {
    try LinearizabilityChecker(specification).check(HistoryReader.read(text))
  }

  @Test func `a stale read is blamed, with the state it missed`() throws {
    let explanation = try #require(
      try check(
        """
        {:process 0 :type :invoke :f :write :value 1}
        {:process 0 :type :ok :f :write :value 1}
        {:process 0 :type :invoke :f :write :value 2}
        {:process 0 :type :ok :f :write :value 2}
        {:process 1 :type :invoke :f :read}
        {:process 1 :type :ok :f :read :value 1}
        """
      ).explanation)
    #expect(explanation.operation == OperationID(2))
    #expect(explanation.event == 5)
    #expect(explanation.completedBefore == 2)
    #expect(explanation.linearization == [OperationID(0), OperationID(1)])
    #expect(explanation.possibleStates == ["2"])
    #expect(explanation.possibleStateCount == 1)
  }

  @Test func `a lost write is blamed on the read that misses it`() throws {
    let explanation = try #require(
      try check(
        """
        {:process 0 :type :invoke :f :write :value 1}
        {:process 0 :type :ok :f :write :value 1}
        {:process 1 :type :invoke :f :read}
        {:process 1 :type :ok :f :read :value nil}
        """
      ).explanation)
    #expect(explanation.operation == OperationID(1))
    #expect(explanation.possibleStates == ["1"])
  }

  @Test func `a read of a value that nobody wrote is invalid`() throws {
    let explanation = try #require(
      try check(
        """
        {:process 0 :type :invoke :f :write :value 1}
        {:process 1 :type :invoke :f :read}
        {:process 1 :type :ok :f :read :value 7}
        {:process 0 :type :ok :f :write :value 1}
        """
      ).explanation)
    #expect(explanation.operation == OperationID(1))
    #expect(explanation.possibleStates == ["nil", "1"])
  }

  @Test func `a compare-and-set from the wrong value is invalid`() throws {
    let explanation = try #require(
      try check(
        """
        {:process 0 :type :invoke :f :write :value 1}
        {:process 0 :type :ok :f :write :value 1}
        {:process 1 :type :invoke :f :cas :value [2 3]}
        {:process 1 :type :ok :f :cas :value [2 3]}
        """
      ).explanation)
    #expect(explanation.operation == OperationID(1))
  }

  @Test func `reads that go backwards are invalid, even while the write is open`() throws {
    let explanation = try #require(
      try check(
        """
        {:process 0 :type :invoke :f :write :value 1}
        {:process 1 :type :invoke :f :read}
        {:process 1 :type :ok :f :read :value 1}
        {:process 1 :type :invoke :f :read}
        {:process 1 :type :ok :f :read :value nil}
        {:process 0 :type :ok :f :write :value 1}
        """
      ).explanation)
    #expect(explanation.operation == OperationID(2))
    #expect(explanation.linearization == [OperationID(0), OperationID(1)])
  }

  @Test func `a failed write must not be read`() throws {
    let verdict = try check(
      """
      {:process 0 :type :invoke :f :write :value 1}
      {:process 0 :type :fail :f :write :value 1}
      {:process 1 :type :invoke :f :read}
      {:process 1 :type :ok :f :read :value 1}
      """)
    #expect(verdict.explanation?.operation == OperationID(1))
  }

  @Test func `a crashed write may take effect much later`() throws {
    let linearization = try #require(
      try check(
        """
        {:process 0 :type :invoke :f :write :value 1}
        {:process 0 :type :info :f :write :value 1}
        {:process 1 :type :invoke :f :read}
        {:process 1 :type :ok :f :read :value nil}
        {:process 1 :type :invoke :f :read}
        {:process 1 :type :ok :f :read :value 1}
        """
      ).linearization)
    #expect(
      linearization.partitions == [
        Linearization.Partition(
          key: Value.none, order: [OperationID(1), OperationID(0), OperationID(2)])
      ])
  }

  @Test func `a crashed write takes effect at most once`() throws {
    let verdict = try check(
      """
      {:process 0 :type :invoke :f :write :value 1}
      {:process 0 :type :info :f :write :value 1}
      {:process 1 :type :invoke :f :read}
      {:process 1 :type :ok :f :read :value 1}
      {:process 1 :type :invoke :f :write :value 2}
      {:process 1 :type :ok :f :write :value 2}
      {:process 1 :type :invoke :f :read}
      {:process 1 :type :ok :f :read :value 1}
      """)
    #expect(verdict.explanation?.operation == OperationID(3))
  }

  @Test func `keys are independent, and the key at fault is named`() throws {
    let explanation = try #require(
      try check(
        """
        {:process 0 :type :invoke :f :write :key "x" :value 1}
        {:process 0 :type :ok :f :write :key "x" :value 1}
        {:process 1 :type :invoke :f :read :key "y"}
        {:process 1 :type :ok :f :read :key "y" :value 1}
        """
      ).explanation)
    #expect(explanation.key == .text("y"))
  }

  @Test func `an empty history is valid`() throws {
    #expect(try check("").linearization?.partitions == [])
  }

  @Test func `an operation of another model is an error, not a verdict`() throws {
    #expect(throws: SpecificationError.self) {
      try check("{:process 0 :type :invoke :f :append :value 1}")
    }
  }
}
