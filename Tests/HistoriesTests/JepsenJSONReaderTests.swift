import Determinism
import Histories
import Testing

/// The events of Jepsen as JSON are read completely or refused at a place.
struct JepsenJSONReaderTests {
  @Test(arguments: [
    """
    [{"type":"invoke","f":"txn","value":[["r","x",null],["append",3,4]],"process":0,"time":12},
    {"type":"ok","f":"txn","value":[["r","x",["a",2]],["append",3,4]],"process":0,"rate":0.5},
    {"type":"info","f":"kill","value":1.5,"process":"nemesis"}]
    """,
    """
    {"process":"0","time":12,"type":":invoke","f":":txn","value":[[":r","x",null],[":append",3,4]]}
    {"type":":info","f":":kill","value":"all","process":":nemesis"}
    {"process":0,"type":":ok","value":[[":r","x",["a",2]],[":append",3,4]]}
    """,
    """
    [ { "type" : "invoke", "value" : [["r","x",null],["append",3,4]], "process" : 0, "time" : 12 }
    , { "type" : "ok", "value" : [["r","x",["a",2]],["append",3,4]], "process" : 0 } ]
    """,
  ])
  func `arrays and lines with and without colons mean the same`(text: String) throws {
    let file = try HistoryReader.readFile(Array(text.utf8))
    #expect(file.format == .json)
    #expect(
      HistoryWriter.write(file.history, format: .ndjson).split(separator: "\n").dropFirst() == [
        #"{"i":0,"t":12,"p":0,"type":"invoke","f":"txn","v":[[":r","x",null],[":append",3,4]]}"#,
        #"{"i":1,"p":0,"type":"ok","v":[[":r","x",["a",2]],[":append",3,4]]}"#,
      ])
  }

  @Test func `keys that look like integers are integers, others are keywords`() throws {
    let history = try HistoryReader.read(
      #"""
      {"process":0,"type":"invoke","f":"transfer","value":{"to":1,"from":0,"amount":5}}
      {"process":0,"type":"ok","f":"transfer","value":{"10":1,"-2":0,"007":5,"é":true}}
      """#)
    let operation = history.operations[0]
    #expect(operation.invocation.input.description == "[[:amount 5] [:from 0] [:to 1]]")
    #expect(
      operation.completion
        == .ok(
          .list([
            .list([.integer(-2), .integer(0)]), .list([.integer(10), .integer(1)]),
            .list([.keyword("007"), .integer(5)]), .list([.keyword("é"), .boolean(true)]),
          ])))
  }

  @Test func `strings in values stay strings`() throws {
    let history = try HistoryReader.read(
      #"{"process":0,"type":"invoke","f":"write","key":":k","value":["a",":b",[]]}"#)
    #expect(history.operations[0].invocation.key == .text(":k"))
    #expect(
      history.operations[0].invocation.input == .list([.text("a"), .text(":b"), .list([])]))
  }

  @Test func `an empty array is an empty history`() throws {
    #expect(try HistoryReader.read(" [ ] ", format: .json).eventCount == 0)
    #expect(try HistoryReader.read("", format: .json).eventCount == 0)
  }

  @Test(arguments: [
    ("[{\"type\":\"invoke\"", "1:2: this { is never closed; add the missing }"),
    (
      "[[]]",
      "1:2: an event is an object; "
        + "write {\"process\": 0, \"type\": \"invoke\", \"f\": \"read\", \"value\": null}"
    ),
    (
      "[{\"process\":0,\"process\":1}]",
      "1:15: this event has two \"process\"; keep one of them"
    ),
    (
      "[{\"process\":0,\"type\":7}]",
      "1:22: a name should be here; write a name such as \"read\""
    ),
    ("[", "1:2: a JSON value should be here; add a value, or null"),
    (
      "[{\"type\":\"info\",\"process\":\"n\"} {}]",
      "1:32: a comma or ] should be here; separate the elements, or close the ["
    ),
    ("[{\"type\":\"info\",\"process\":\"n\"}", "1:1: this [ is never closed; add the missing ]"),
    (
      "[{\"type\":\"info\",\"process\":\"n\"},]",
      "1:32: a JSON value should be here; add a value, or null"
    ),
    (
      "{\"type\":\"invoke\",\"f\":\"read\",\"process\":0}\n{\"type\":\"ok\",\"f\":\"read\"}",
      "2:1: this event has no \"process\"; add \"process\" to the object"
    ),
    (
      "{\"type\":\"maybe\",\"f\":\"read\",\"process\":0}",
      "1:9: unknown type \"maybe\"; use \"invoke\", \"ok\", \"fail\" or \"info\""
    ),
    (
      "{\"type\":\"invoke\",\"f\":\"write\",\"process\":0,\"value\":1.5}",
      "1:50: 1.5 is not a 64-bit whole number; use integers or strings"
    ),
    (
      "{\"type\":\"ok\",\"f\":\"write\",\"process\":0}",
      "1:18: process 0 completes write without having invoked it; "
        + "add the invocation, or remove this completion"
    ),
  ])
  func `an event that does not fit is refused at its place`(text: String, complaint: String) {
    let error = #expect(throws: HistoryError.self) {
      try HistoryReader.read(text, format: .json)
    }
    #expect(error?.description == complaint)
  }
}
