import Determinism
import Histories
import Testing

/// Jepsen's pairs of key and value are taken apart on request, and only then.
struct IndependentKeysTests {
  private let independent = HistoryReadingOptions(keys: .independent)

  private let text = """
    {:process 0 :type :invoke :f :read :value [7 nil]}
    {:process 1 :type :invoke :f :cas :value ["k" [1 2]]}
    {:process 0 :type :ok :f :read :value [7 3]}
    {:process 1 :type :info :f :cas :value ["k" [1 2]]}
    {:process 2 :type :invoke :f :write :value [7 4]}
    {:process 2 :type :fail :f :write :value :timed-out}
    """

  @Test func `pairs are split into key and value`() throws {
    let operations = try HistoryReader.read(text, options: independent).operations
    #expect(operations.map(\.invocation.key) == [.integer(7), .text("k"), .integer(7)])
    #expect(
      operations.map(\.invocation.input)
        == [.none, .list([.integer(1), .integer(2)]), .integer(4)])
    #expect(operations.map(\.completion) == [.ok(.integer(3)), .info, .fail])
    #expect(
      operations.map(\.partialResult)
        == [.none, .list([.integer(1), .integer(2)]), .keyword("timed-out")])
  }

  @Test func `without being asked nobody splits anything`() throws {
    let operations = try HistoryReader.read(text).operations
    #expect(operations.allSatisfy { $0.invocation.key == .none })
    #expect(operations[0].invocation.input == .list([.integer(7), .none]))
  }

  @Test func `JSON has the same pairs`() throws {
    let history = try HistoryReader.read(
      """
      {"process":0,"type":"invoke","f":"read","value":["x",null]}
      {"process":0,"type":"ok","f":"read","value":["x",1]}
      """, options: independent)
    #expect(history.operations[0].invocation.key == .text("x"))
    #expect(history.operations[0].completion == .ok(.integer(1)))
  }

  @Test(arguments: [
    (
      "{:process 0 :type :invoke :f :read}",
      "1:1: this value is no [key value] pair; read this history without independent keys, "
        + "or write the key before the value"
    ),
    (
      "{:process 0 :type :invoke :f :read :value [1 2 3]}",
      "1:43: this value is no [key value] pair; read this history without independent keys, "
        + "or write the key before the value"
    ),
    (
      "{:process 0 :type :invoke :f :read :value [1 nil]}\n{:process 0 :type :ok :value 5}",
      "2:30: this value is no [key value] pair; read this history without independent keys, "
        + "or write the key before the value"
    ),
    (
      "{:process 0 :type :invoke :f :read :value [1 nil]}\n{:process 0 :type :ok :value [2 5]}",
      "2:30: process 0 asked for key 1 but has an answer for key 2; "
        + "give both the same key, or read this history without independent keys"
    ),
    (
      "{:process 0 :type :invoke :f :read :key 1 :value [1 nil]}",
      "1:41: an event with a key of its own has no [key value] pair; "
        + "read this history without independent keys"
    ),
  ])
  func `a value that is no pair is refused at its place`(text: String, complaint: String) {
    let error = #expect(throws: HistoryError.self) {
      try HistoryReader.read(text, options: independent)
    }
    #expect(error?.description == complaint)
  }
}
