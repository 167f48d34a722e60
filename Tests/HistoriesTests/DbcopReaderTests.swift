import Determinism
import Histories
import Testing

/// Sessions in dbcop's notation become processes, their transactions operations.
struct DbcopReaderTests {
  @Test func `sessions go round, and what did not commit has failed`() throws {
    let file = try HistoryReader.readFile(
      Array(
        """
        // the first session
        [x:=1 y==?]   [x==1]!
        ----
        ---
        [x==1
         y:=2]
        """.utf8))
    #expect(file.format == .dbcop)
    #expect(!file.hasRealTimeOrder)
    #expect(
      HistoryWriter.write(file.history, format: .ndjson).split(separator: "\n").dropFirst() == [
        #"{"i":0,"p":0,"type":"invoke","f":"txn","v":[[":w",":x",1],[":r",":y",null]]}"#,
        #"{"i":1,"p":2,"type":"invoke","f":"txn","v":[[":r",":x",null],[":w",":y",2]]}"#,
        #"{"i":2,"p":0,"type":"ok","v":[[":w",":x",1],[":r",":y",null]]}"#,
        #"{"i":3,"p":2,"type":"ok","v":[[":r",":x",1],[":w",":y",2]]}"#,
        #"{"i":4,"p":0,"type":"invoke","f":"txn","v":[[":r",":x",null]]}"#,
        #"{"i":5,"p":0,"type":"fail","v":[[":r",":x",1]]}"#,
      ])
  }

  @Test func `a zero that nobody committed is the value before the first write`() throws {
    let history = try HistoryReader.read("[x==0 y==0 z==0 y:=0]\n---\n[z:=0]!")
    let result = Value(edn: "[[:r :x nil] [:r :y 0] [:r :z nil] [:w :y 0]]")
    #expect(history.operations[0].completion == result.map { .ok($0) })
  }

  @Test func `many sessions and long ones take no longer than their text`() throws {
    let text =
      String(repeating: "---\n", count: 20_000) + String(repeating: "[x:=1]\n", count: 20_000)
    #expect(try HistoryReader.read(text).operations.count == 20_000)
  }

  @Test(arguments: [
    ("[x:=1", "1:1: this [ is never closed; add the missing ]"),
    (
      "[x=1]",
      "1:3: the variable x is neither written nor read; write := behind it to write, == to read"
    ),
    ("[:=1]", "1:2: the name of a variable should be here; write x:=1 or x==1"),
    ("[x:=?]", "1:5: a value is a 64-bit whole number that is not negative; write x:=1"),
    (
      "[x:=1\n x==9223372036854775808]",
      "2:5: a value is a 64-bit whole number that is not negative; "
        + "write x==1, or x==? for the value before the first write"
    ),
    (
      "[x:=1]\nx:=2",
      "2:1: a transaction should begin here; "
        + "write [x:=1 y==2], --- between sessions, or // before a comment"
    ),
  ])
  func `what does not fit is refused at its place`(text: String, complaint: String) {
    let error = #expect(throws: HistoryError.self) {
      try HistoryReader.read(text, format: .dbcop)
    }
    #expect(error?.description == complaint)
  }
}
