import Determinism
import Histories
import Testing

/// Histories are written the way other tools expect them.
struct HistoryWriterTests {
  /// A write that is answered, a read that is lost, a compare-and-set by the same client that finds
  /// another value, and a read that never ends.
  private var history: History {
    var history = History()
    let write = history.invoke(
      Invocation(
        process: ProcessID(0), function: "write", key: .keyword("x"), input: .text("a\"\u{1}é")),
      at: Instant(nanosecondsSinceStart: 5))
    let read = history.invoke(
      Invocation(process: ProcessID(1), function: "read", key: .keyword("x")))
    history.complete(write, .ok(.none), at: Instant(nanosecondsSinceStart: 9))
    history.complete(read, .info)
    let mismatch = history.invoke(
      Invocation(
        process: ProcessID(1), function: "cas", input: .list([.integer(1), .keyword("b c")])))
    history.complete(mismatch, .ok(.boolean(false)))
    _ = history.invoke(Invocation(process: ProcessID(1), function: "read all"))
    return history
  }

  @Test func `as EDN, completions repeat their invocation and crashed processes retire`() {
    #expect(
      HistoryWriter.write(history, format: .edn) == #"""
        {:index 0, :time 5, :type :invoke, :process 0, :f :write, :key :x, :value "a\"\u0001é"}
        {:index 1, :type :invoke, :process 1, :f :read, :key :x, :value nil}
        {:index 2, :time 9, :type :ok, :process 0, :f :write, :key :x, :value "a\"\u0001é"}
        {:index 3, :type :info, :process 1, :f :read, :key :x, :value nil}
        {:index 4, :type :invoke, :process 2, :f :cas, :value [1 "b c"]}
        {:index 5, :type :fail, :process 2, :f :cas, :value [1 "b c"]}
        {:index 6, :type :invoke, :process 2, :f "read all", :value nil}

        """#)
  }

  @Test func `with independent keys, values are pairs`() throws {
    let text = HistoryWriter.write(history, format: .edn, keys: .independent)
    #expect(
      text.split(separator: "\n")[1]
        == "{:index 1, :type :invoke, :process 1, :f :read, :value [:x nil]}")
    var keyed = History()
    for number: Int64 in 0..<3 {
      let id = keyed.invoke(
        Invocation(process: ProcessID(number), function: "read", key: .integer(number)))
      if number < 2 { keyed.complete(id, number == 0 ? .ok(.integer(1)) : .info) }
    }
    for (format, reader) in [(HistoryWriter.Format.edn, HistoryFormat.edn), (.json, .json)] {
      let text = HistoryWriter.write(keyed, format: format, keys: .independent)
      let copy = try HistoryReader.read(text, format: reader, options: .init(keys: .independent))
      #expect(copy.operations == keyed.operations)
    }
  }

  @Test func `as JSON, keywords are strings`() {
    #expect(
      HistoryWriter.write(history, format: .json) == #"""
        [
        {"index":0,"time":5,"type":"invoke","process":0,"f":"write","key":"x","value":"a\"\u0001é"},
        {"index":1,"type":"invoke","process":1,"f":"read","key":"x","value":null},
        {"index":2,"time":9,"type":"ok","process":0,"f":"write","key":"x","value":"a\"\u0001é"},
        {"index":3,"type":"info","process":1,"f":"read","key":"x","value":null},
        {"index":4,"type":"invoke","process":2,"f":"cas","value":[1,"b c"]},
        {"index":5,"type":"fail","process":2,"f":"cas","value":[1,"b c"]},
        {"index":6,"type":"invoke","process":2,"f":"read all","value":null}
        ]

        """#)
  }

  @Test func `as NDJSON, everything is there`() {
    #expect(
      HistoryWriter.write(history, format: .ndjson, model: "register") == #"""
        {"orrery":"history","version":1,"events":7,"model":"register"}
        {"i":0,"t":5,"p":0,"type":"invoke","f":"write","k":":x","v":"a\"\u0001é"}
        {"i":1,"p":1,"type":"invoke","f":"read","k":":x"}
        {"i":2,"t":9,"p":0,"type":"ok"}
        {"i":3,"p":1,"type":"info"}
        {"i":4,"p":1,"type":"invoke","f":"cas","v":[1,":b c"]}
        {"i":5,"p":1,"type":"ok","v":false}
        {"i":6,"p":1,"type":"invoke","f":"read all"}

        """#)
  }

  @Test func `operations of one process at the same time are told apart`() throws {
    var history = History()
    let ids = (1...3).map {
      history.invoke(Invocation(process: ProcessID(4), function: "write", input: .integer($0)))
    }
    for id in ids.reversed() { history.complete(id, .ok(.none)) }
    for format in HistoryWriter.Format.allCases {
      let text = HistoryWriter.write(history, format: format)
      let copy = try HistoryReader.read(text, format: HistoryFormat(rawValue: format.rawValue))
      #expect(copy.operations.map(\.invocation.process.number) == [4, 5, 6])
      #expect(copy.operations.map(\.completedAt) == [5, 4, 3])
    }
  }

  @Test func `an empty history is written and read`() throws {
    for format in HistoryWriter.Format.allCases {
      let text = HistoryWriter.write(History(), format: format)
      let copy = try HistoryReader.read(text, format: HistoryFormat(rawValue: format.rawValue))
      #expect(copy.eventCount == 0)
    }
  }

  @Test(arguments: ["a", "a/b", "+", "é", "nil?", "1", "a.b-c*d!_%&=<>$"])
  func `keywords that EDN can spell stay keywords`(name: String) {
    let text = EDNText.line(of: .keyword(name))
    #expect(text == ":\(name)")
    #expect(Value(edn: text) == .keyword(name))
  }

  @Test(arguments: ["", "/", "a/", "/a", "a/b/c", "a b", "a,b", ":a", "a:", "a;", "[", "a\u{2028}"])
  func `keywords that EDN cannot spell become strings`(name: String) {
    #expect(Value(edn: EDNText.line(of: .keyword(name))) == .text(name))
  }

  private enum EDNText {
    /// A value as it stands in a written history.
    static func line(of value: Value) -> String {
      var history = History()
      _ = history.invoke(Invocation(process: ProcessID(0), function: "f", input: value))
      let text = HistoryWriter.write(history, format: .edn)
      return String(text.split(separator: ":value ", maxSplits: 1)[1].dropLast(2))
    }
  }
}
