import Checking
import Histories
import Reporting
import Testing

@Suite struct CheckReportTests {
  private func report(_ text: String) throws -> CheckReport {
    let history = try HistoryReader.read(Array(text.utf8), format: .edn)
    let model = try #require(Models.named("cas-register"))
    return CheckReport(
      Assessment(try model.check(history, limits: .standard)), on: history, checker: "linearizable",
      model: model.name)
  }

  @Test func `a valid history comes with its order`() throws {
    let report = try report(
      """
      {:process 0, :type :invoke, :f :write, :value 1}
      {:process 0, :type :info, :f :write, :value 1}
      {:process 1, :type :invoke, :f :read, :value nil}
      {:process 1, :type :ok, :f :read, :value 1}
      """)
    #expect(report.verdict == "valid")
    #expect(report.linearization?.map(\.order) == [[0, 1]])
    #expect(report.linearization?.first?.key == nil)
    #expect(report.operations.total == 2)
    #expect(report.operations.ok == 1)
    #expect(report.operations.info == 1)
  }

  @Test func `an invalid history comes with the operation that fits nowhere`() throws {
    let report = try report(
      """
      {:process 0, :type :invoke, :f :write, :value 1}
      {:process 0, :type :ok, :f :write, :value 1}
      {:process 1, :type :invoke, :f :read, :value nil}
      {:process 1, :type :ok, :f :read, :value nil}
      """)
    #expect(report.verdict == "invalid")
    #expect(report.explanation?.operation.text == "process 1 read -> nil")
    #expect(report.explanation?.valid_prefix == [0])
    #expect(report.explanation?.possible_states == ["1"])
  }

  @Test func `an empty history is unknown, for nothing was checked`() throws {
    let report = try report("")
    #expect(report.verdict == "unknown")
    #expect(report.advice == "the history holds no operations")
    #expect(report.linearization == nil)
  }
}
