import Determinism
import Histories
import Testing

/// Jepsen histories are read completely or refused at a place.
struct JepsenHistoryReaderTests {
  @Test func `one map for each line makes a history`() throws {
    let history = try HistoryReader.read(
      """
      {:process 0, :type :invoke, :f :write, :value 1, :index 0, :time 17}
      {:process 1, :type :invoke, :f :read, :value nil}
      {:process 0, :type :ok, :f :write, :value 1, :time 40}
      {:process 1, :type :info, :f :read, :value :timed-out}
      {:process 1, :type :invoke, :f :cas, :value [1 2]}
      """)
    #expect(history.eventCount == 5)
    var timedOut = Operation(
      invocation: Invocation(process: ProcessID(1), function: "read"),
      completion: .info, invokedAt: 1, completedAt: 3)
    timedOut.partialResult = .keyword("timed-out")
    #expect(
      Array(history.operations) == [
        Operation(
          invocation: Invocation(process: ProcessID(0), function: "write", input: .integer(1)),
          completion: .ok(.integer(1)), invokedAt: 0, completedAt: 2,
          invocationTime: Instant(nanosecondsSinceStart: 17),
          completionTime: Instant(nanosecondsSinceStart: 40)),
        timedOut,
        Operation(
          invocation: Invocation(
            process: ProcessID(1), function: "cas", input: .list([.integer(1), .integer(2)])),
          invokedAt: 4),
      ])
  }

  @Test(arguments: [
    "[{:process 0 :type :invoke :f :read} {:process 0 :type :fail :f :read}]",
    "({:process 0 :type :invoke :f :read}\n {:process 0 :type :fail :f :read})",
    "; a comment\n#jepsen.history.Op{:process 0 :type :invoke :f :read}\n"
      + "#jepsen.history.Op{:process 0 :type :fail :f :read :error [:conn \"refused\"]}",
    "#_ignored {:f read, :type invoke, :process 0} {:f read, :type fail, :process 0N}",
    "{:process :nemesis :type :info :f :kill :value {:n1 1.5} :error [2/3 x]}\n"
      + "{:process 0 :type :invoke :f :read} {:process 0 :type :fail :f :read}",
    "[0 :invoke :read nil]\n[0 :fail :read]",
    "[[0 :invoke :read nil] [0 :fail :read nil]]",
    "{:type :invoke, :f :read} {:type :fail, :f :read}",
    "\u{FEFF}{:process \"0\" :type :invoke :f :read} {:process 0 :type :fail}",
  ])
  func `vectors, lists, tags, comments and other processes are understood`(text: String) throws {
    let history = try HistoryReader.read(text, format: .edn)
    #expect(
      Array(history.operations) == [
        Operation(
          invocation: Invocation(process: ProcessID(0), function: "read"), completion: .fail,
          invokedAt: 0, completedAt: 1)
      ])
  }

  @Test func `values of every kind are kept`() throws {
    let history = try HistoryReader.read(
      #"""
      {:process 0 :type :invoke :f :txn :key "k"
       :value [nil true false -7 +8 9N 9M "a\n\"\\\u0041" :a/b \x \newline \u0042 \; () #{1} {:a 1}
               #inst "2020"]}
      """#)
    #expect(history.operations[0].invocation.key == .text("k"))
    #expect(
      history.operations[0].invocation.input
        == .list([
          .none, .boolean(true), .boolean(false), .integer(-7), .integer(8), .integer(9),
          .integer(9),
          .text("a\n\"\\A"), .keyword("a/b"), .text("x"), .text("\n"), .text("B"), .text(";"),
          .list([]), .list([.integer(1)]), .list([.list([.keyword("a"), .integer(1)])]),
          .text("2020"),
        ]))
  }

  @Test func `sets and maps are equal however they were printed`() throws {
    let history = try HistoryReader.read(
      """
      {:process 0 :type :invoke :f :read :value {2 {:b 1, :a #{3 1 2}} 0 10}}
      {:process 0 :type :ok :f :read :value {0 10, 2 {:a #{1 2 3}, :b 1}}}
      """)
    let operation = history.operations[0]
    #expect(operation.completion == .ok(operation.invocation.input))
    #expect(operation.invocation.input.description == "[[0 10] [2 [[:a [1 2 3]] [:b 1]]]]")
  }

  @Test func `transactions need no function`() throws {
    let history = try HistoryReader.read(
      """
      {:process 0 :type :invoke :value [[:r :x nil] [:append :y 1]]}
      {:process 0 :type :info :value nil}
      {:process 1 :type :invoke :f :write :value 1}
      {:process 1 :type :ok :value 1}
      """)
    #expect(history.operations.map(\.invocation.function) == ["txn", "write"])
    #expect(history.operations.map(\.completion) == [.info, .ok(.integer(1))])
  }

  @Test func `a completion that nobody invoked can be an operation of its own`() throws {
    let text = """
      {:process 0 :type :ok :value [[:append :x 1]]}
      {:process 0 :type :fail :f :write :value 2}
      """
    let error = #expect(throws: HistoryError.self) { try HistoryReader.read(text) }
    #expect(error?.message == "process 0 completes txn without having invoked it")
    let history = try HistoryReader.read(text, options: .init(loneCompletions: .instantaneous))
    #expect(history.operations.map(\.invokedAt) == [0, 2])
    #expect(history.operations.map(\.completedAt) == [1, 3])
    #expect(history.operations[0].completion == .ok(history.operations[0].invocation.input))
    #expect(history.operations[1].invocation.function == "write")
    #expect(history.operations[1].invocation.input == .integer(2))
  }

  @Test func `an empty text is an empty history`() throws {
    #expect(try HistoryReader.read("").operations.isEmpty)
    #expect(try HistoryReader.read("[]").operations.isEmpty)
    #expect(try HistoryReader.read(" ; nothing\n", format: .edn).operations.isEmpty)
  }

  @Test(arguments: [
    (
      "{:process 0 :type :invoke :f :read}\n  {:process 0 :type :invoke :f :write}",
      "2:3: process 0 invokes write while its read is open; "
        + "complete the read first, with info if its outcome is unknown"
    ),
    (
      "{:process 4 :type :ok :f :read}",
      "1:26: process 4 completes read without having invoked it; "
        + "add the invocation, or remove this completion"
    ),
    (
      "{:process 0 :type :invoke :f :read}\n{:process 0 :type :ok :f :write}",
      "2:26: process 0 invoked read but completes write; give both the same function"
    ),
    (
      "{:process 0 :type :maybe :f :read}",
      "1:19: unknown type :maybe; use :invoke, :ok, :fail or :info"
    ),
    (
      "{:process 0 :type :invoke :f :read}\n{:type :ok :f :read}",
      "2:1: this event has no :process; add :process to the map"
    ),
    (
      "{:type :invoke :f :read}\n{:type :ok :f :read :process 0}",
      "2:30: only some events have a process; add :process to all of them"
    ),
    (
      "{:process :worker-1 :type :ok :f :read}",
      "1:11: the process worker-1 has no number; number the clients 0, 1, 2 and so on"
    ),
    (
      "{:process 0 :type :invoke :f :read :type :ok}",
      "1:36: this event has two :type; keep one of them"
    ),
    (
      "{:process 0 :type :invoke :value [[:r 1 nil] []]}",
      "1:1: this event has no :f; add :f to the map"
    ),
    (
      "{:process 0 :type :invoke :f :add :value {1 2, 3 4, 1 5}}",
      "1:53: this map has 1 twice; keep one of them"
    ),
    (
      "{:process 0 :type :invoke :f :add :value #{:a :b :a}}",
      "1:50: this set has :a twice; keep one of them"
    ),
    ("\n {:process 0 :f :read}", "2:2: this event has no :type; add :type to the map"),
    ("{:process 0 :type :ok}", "1:1: this event has no :f; add :f to the map"),
    (
      "{:process nil :type :ok :f :read}",
      "1:11: a process is a number or a name; write 0"
    ),
    (
      "{:process 0 :type :ok :f 7}",
      "1:26: a name should be here; write a name such as :read"
    ),
    (
      "[1]", "1:1: an event is a map; write {:process 0, :type :invoke, :f :read, :value nil}"
    ),
    (
      "{:process 0 :type :invoke :f :write :value 1.5}",
      "1:44: 1.5 is not a 64-bit whole number; use integers or strings"
    ),
    (
      "{:process 0 :type :invoke :f :write :value [1 2/3]}",
      "1:47: 2/3 is not a 64-bit whole number; use integers or strings"
    ),
    (
      "{:process 0 :type :invoke :f :write :value x}",
      "1:44: the symbol x is not a value; write a keyword :x or a string \"x\""
    ),
  ])
  func `an event that does not fit is refused at its place`(text: String, complaint: String) {
    let error = #expect(throws: HistoryError.self) {
      try HistoryReader.read(text, format: .edn)
    }
    #expect(error?.description == complaint)
  }
}
