import Determinism
import Histories
import Testing

/// Stateright's histories become operations that our models know.
struct StaterightReaderTests {
  @Test func `a register's history says what it held at first`() throws {
    let file = try HistoryReader.readFile(
      Array(
        """
        {"model": "register", "init": "Register('A')"}
        {"type": "invoke", "process": 0, "op": "Write('B')"}
        {"type": "invoke", "process": 1, "op": "Read"}
        {"type": "ok", "process": 1, "ret": "ReadOk('A')"}
        {"type": "ok", "process": 0, "ret": "WriteFail"}
        """.utf8))
    #expect(file.format == .stateright)
    #expect(file.suggestedModel == #"register?initial="A""#)
    #expect(file.history.operations.map(\.invocation.function) == ["write", "read"])
    #expect(file.history.operations.map(\.invocation.input) == [.text("B"), .none])
    #expect(file.history.operations.map(\.completion) == [.fail, .ok(.text("A"))])
  }

  @Test func `a stack returns some value or none`() throws {
    let file = try HistoryReader.readFile(
      Array(
        """
        {"model": "stack(vec: Push,Pop,Len)", "init": "Vec::new()"}
        {"type": "invoke", "process": 0, "op": "Push(10)"}
        {"type": "ok", "process": 0, "ret": "PushOk"}
        {"type": "invoke", "process": 0, "op": "Len"}
        {"type": "ok", "process": 0, "ret": "LenOk(1)"}
        {"type": "invoke", "process": 0, "op": "Pop"}
        {"type": "ok", "process": 0, "ret": "PopOk(Some(10))"}
        {"type": "invoke", "process": 0, "op": "Pop"}
        {"type": "ok", "process": 0, "ret": "PopOk(None)"}
        """.utf8))
    #expect(file.suggestedModel == "stack")
    #expect(
      file.history.operations.map(\.invocation.function) == ["push", "len", "pop", "pop"])
    #expect(
      file.history.operations.map(\.completion) == [
        .ok(.none), .ok(.integer(1)), .ok(.integer(10)), .ok(.none),
      ])
  }

  @Test func `the notation of Rust is understood`() throws {
    let history = try HistoryReader.read(
      #"""
      {"type": "invoke", "process": 0, "op": "CompareAndSet(-1, (\"a\\n\", '\\''), [true, Left(2), Unit], ())"}
      """#)
    #expect(history.operations[0].invocation.function == "compare-and-set")
    #expect(
      history.operations[0].invocation.input.description
        == #"[-1 ["a\n" "'"] [true [:Left 2] :Unit] nil]"#)
  }

  @Test func `an unknown object suggests no model`() throws {
    for header in [
      #"{"model": "queue", "init": "Vec::new()"}"#, #"{"model": "stack", "init": "vec![1]"}"#,
    ] {
      let file = try HistoryReader.readFile(Array(header.utf8), format: .stateright)
      #expect(file.suggestedModel == nil)
    }
  }

  @Test(arguments: [
    (
      #"{"type": "invoke", "process": 0, "op": "Write('B'"}"#,
      "1:50: a comma or ) should be here; add it"
    ),
    (
      #"{"type": "invoke", "process": 0, "op": "Write('B)"}"#,
      "1:50: this text is never closed; add the missing '"
    ),
    (
      #"{"type": "invoke", "process": 0, "op": "Write(%)"}"#,
      "1:47: a value should be here; write a number, 'c', \"text\", None, Some(…) or a list"
    ),
    (
      #"{"type": "invoke", "process": 0, "op": "Read Read"}"#,
      "1:46: something follows Read; remove it"
    ),
    (
      #"{"type": "invoke", "process": 0, "op": ""}"#,
      "1:41: a name should be here; write a call such as Write('B')"
    ),
    (
      #"{"type": "invoke", "process": 0}"#, "1:1: this line has no \"op\"; add \"op\" to the object"
    ),
    (
      #"{"type": "fail", "process": 0}"#, #"1:10: unknown type "fail"; use "invoke" or "ok""#
    ),
    (
      #"{"type": "ok", "process": 0, "ret": "Read"}"#,
      "1:37: the return Read is unknown; "
        + "its name is that of the operation with Ok or Fail behind it"
    ),
    (
      #"{"type": "ok", "process": 0, "ret": "ReadOk(1)"}"#,
      "1:1: process 0 completes read without having invoked it; "
        + "add the invocation, or remove this completion"
    ),
  ])
  func `a line that does not fit is refused at its place`(text: String, complaint: String) {
    let error = #expect(throws: HistoryError.self) {
      try HistoryReader.read(text, format: .stateright)
    }
    #expect(error?.description == complaint)
  }
}
