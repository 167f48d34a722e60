import Determinism
import Histories
import Testing

/// Lines of JSON are read completely or refused at a place.
struct PorcupineEventsReaderTests {
  @Test func `calls and returns make a history in their order`() throws {
    let history = try HistoryReader.read(
      #"""
      {"kind": "call", "id": 0, "client": 3, "op": "add", "value": "\u00e9\ud83d\ude00"}
      {"kind": "call", "id": 7, "client": 1, "op": "read", "key": "k"}
      {"kind": "return", "id": 7, "client": 1, "values": [1, -2, true, null]}
      """#)
    #expect(
      Array(history.operations) == [
        Operation(
          invocation: Invocation(process: ProcessID(3), function: "add", input: .text("é😀")),
          invokedAt: 0),
        Operation(
          invocation: Invocation(process: ProcessID(1), function: "read", key: .text("k")),
          completion: .ok(.list([.integer(1), .integer(-2), .boolean(true), .none])),
          invokedAt: 1, completedAt: 2),
      ])
  }

  @Test func `intervals that touch at one instant are concurrent`() throws {
    let history = try HistoryReader.read(
      """
      {"client": 0, "op": "get", "value": null, "call": 10, "output": 5, "ret": 20}
      {"client": 1, "op": "put", "value": 5, "call": 20, "output": null, "ret": 30}
      """)
    #expect(history.operations.map(\.invokedAt) == [0, 1])
    #expect(history.operations.map(\.completedAt) == [2, 3])
    #expect(history.operations.map(\.completion) == [.ok(.integer(5)), .ok(.none)])
  }

  @Test(arguments: [
    ("{\"kind\": \"call\"", "1:1: this { is never closed; add the missing }"),
    ("{\"kind\" \"call\"}", "1:9: a colon should follow the key \"kind\"; add it"),
    (
      "{\"kind\": \"call\" 7}",
      "1:17: a comma or } should be here; separate the elements, or close the {"
    ),
    ("{kind: 1}", "1:2: a JSON value should be here; add a value, or null"),
    ("{1: 1}", "1:2: a key is a string; put it in quotes"),
    ("{\"kind\": }", "1:10: a JSON value should be here; add a value, or null"),
    ("{\"kind\": \"call}", "1:10: this string is never closed; add the missing \""),
    ("[1]", "1:1: a line is a JSON object; write {\"call\": …}"),
    (
      "{\"kind\": \"stop\", \"id\": 0}",
      "1:10: unknown kind \"stop\"; use \"call\" or \"return\""
    ),
    ("{\"kind\": \"call\"}", "1:1: this line has no \"id\"; add \"id\" to the object"),
    (
      "{\"kind\": \"call\", \"id\": \"a\"}",
      "1:24: \"id\" is a whole number; write \"id\": 0"
    ),
    (
      "{\"kind\": \"call\", \"id\": 0, \"client\": 0, \"op\": 1}",
      "1:46: \"op\" is a string; put it in quotes"
    ),
    (
      "{\"kind\": \"return\", \"id\": 0}",
      "1:1: operation 0 returns without being open; add its call, or remove this line"
    ),
    (
      "{\"kind\": \"call\", \"id\": 0, \"client\": 0, \"op\": \"add\", \"value\": 1e3}",
      "1:62: 1e3 is not a 64-bit whole number; use integers or strings"
    ),
    (
      "{\"client\": 0, \"op\": \"get\", \"call\": 5, \"ret\": 4}",
      "1:1: this operation returns before it is called; swap \"call\" and \"ret\""
    ),
  ])
  func `a line that does not fit is refused at its place`(text: String, complaint: String) {
    let error = #expect(throws: HistoryError.self) {
      try HistoryReader.read(text, format: .jsonl)
    }
    #expect(error?.description == complaint)
  }

  @Test func `a second call with the same id is refused`() {
    let call = "{\"kind\": \"call\", \"id\": 0, \"client\": 0, \"op\": \"add\", \"value\": 1}\n"
    let error = #expect(throws: HistoryError.self) { try HistoryReader.read(call + call) }
    #expect(error?.description == "2:1: operation 0 is called twice; give each call its own id")
  }

  @Test func `deep nesting is refused before it exhausts the stack`() {
    let text = "{\"value\": " + String(repeating: "[", count: 100_000)
    let error = #expect(throws: HistoryError.self) {
      try HistoryReader.read(text, format: .jsonl)
    }
    #expect(error?.message == "values are nested more than 100 deep")
  }
}
