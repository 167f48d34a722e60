import Histories
import Reporting
import Testing

/// Operations drawn as bars.
@Suite struct TimelineTests {
  private func operations(_ text: String) throws -> [OperationReport] {
    let history = try HistoryReader.read(text)
    return (0..<history.operations.count).map { OperationReport(OperationID($0), in: history) }
  }

  @Test func `overlapping operations overlap, and the one to blame is marked`() throws {
    let operations = try operations(
      """
      {:process 0 :type :invoke :f :write :value 1}
      {:process 1 :type :invoke :f :write :value 2}
      {:process 0 :type :ok :f :write :value 1}
      {:process 2 :type :invoke :f :read}
      {:process 2 :type :ok :f :read :value 3}
      """)
    #expect(
      Timeline(operations, blamed: 2, width: 80).lines == [
        "  process 0 write 1       |-----------|",
        "  process 1 write 2 -> ?        |..................>",
        "! process 2 read -> 3                       |-----|",
      ])
  }

  @Test(arguments: [30, 40, 80])
  func `no line is wider than the terminal`(width: Int) throws {
    let text = (0..<60).map {
      "{:process \($0) :type :invoke :f :write :value \($0)}\n"
        + "{:process \($0) :type :ok :f :write :value \($0)}"
    }.joined(separator: "\n")
    let lines = Timeline(try operations(text), width: width).lines
    #expect(lines.first == "  ... 36 earlier operations")
    #expect(lines.allSatisfy { $0.count <= width })
  }
}
