import Determinism
import Histories
import Testing

/// Orrery's own format is read completely or refused at a place.
struct OrreryHistoryTests {
  @Test func `a history by hand`() throws {
    let file = try HistoryReader.readFile(
      Array(
        """
        {"orrery":"history","version":1,"model":"cas-register?initial=0","host":"n1"}
        {"p":0,"type":"invoke","f":"cas","k":":x","v":["1",":a",null,true,-5]}
        {"i":1,"t":18446744073709551615,"p":1,"type":"invoke","f":"read","k":"':x"}
        {"p":0,"f":"cas","type":"fail","v":"''","extra":{"rate":0.5}}

        {"p":0,"type":"invoke","f":"read"}
        {"p":1,"type":"ok","v":"''"}
        {"p":0,"type":"info"}
        """.utf8))
    #expect(file.format == .ndjson)
    #expect(file.suggestedModel == "cas-register?initial=0")
    #expect(file.history.eventCount == 6)
    let operations = file.history.operations
    #expect(operations.map(\.invocation.key) == [.keyword("x"), .text(":x"), .none])
    #expect(
      operations[0].invocation.input
        == .list([.text("1"), .keyword("a"), .none, .boolean(true), .integer(-5)]))
    #expect(operations.map(\.completion) == [.fail, .ok(.text("'")), .info])
    #expect(operations[0].partialResult == .text("'"))
    #expect(operations[1].invocationTime == Instant(nanosecondsSinceStart: .max))
  }

  @Test(arguments: [
    (
      "",
      "1:1: the first line does not say that this is a history of Orrery; "
        + "begin with {\"orrery\":\"history\",\"version\":1}"
    ),
    (
      "{\"p\":0}",
      "1:1: the first line does not say that this is a history of Orrery; "
        + "begin with {\"orrery\":\"history\",\"version\":1}"
    ),
    (
      "{\"orrery\":\"trace\",\"version\":1}",
      "1:1: this is a trace of Orrery, not a history; choose another file"
    ),
    (
      "{\"orrery\":\"history\",\"version\":2}",
      "1:31: this history has version 2, but versions up to 1 are known; "
        + "read it with a newer Orrery"
    ),
    (
      "{\"orrery\":\"history\",\"version\":0}",
      "1:31: this history has version 0, which never was; write \"version\":1"
    ),
  ])
  func `another schema or a newer version is refused`(text: String, complaint: String) {
    expect(text, complaint)
  }

  @Test(arguments: [
    ("[1]", "2:1: a line is a JSON object; write {\"p\": …}"),
    ("{\"p\":0}", "2:1: this line has no \"type\"; add \"type\" to the object"),
    (
      "{\"p\":0,\"type\":\"begin\"}",
      "2:15: unknown type \"begin\"; use \"invoke\", \"ok\", \"fail\" or \"info\""
    ),
    (
      "{\"p\":0,\"type\":\"ok\"}",
      "2:1: process 0 completes an operation without having invoked it; "
        + "add the invocation, or remove this completion"
    ),
    (
      "{\"p\":0,\"type\":\"invoke\",\"f\":\"read\"}\n{\"p\":0,\"type\":\"invoke\",\"f\":\"write\"}",
      "3:1: process 0 invokes write while its read is open; "
        + "complete the read first, with info if its outcome is unknown"
    ),
    (
      "{\"p\":0,\"type\":\"invoke\",\"f\":\"read\"}\n{\"p\":0,\"type\":\"ok\",\"f\":\"write\"}",
      "3:1: process 0 invoked read but completes write; give both the same function"
    ),
    (
      "{\"i\":3,\"p\":0,\"type\":\"invoke\",\"f\":\"read\"}",
      "2:6: event 3 stands where 0 should be; restore the lines that are missing or out of order"
    ),
    (
      "{\"t\":-1,\"p\":0,\"type\":\"invoke\",\"f\":\"read\"}",
      "2:6: a time is a whole number of nanoseconds, not negative; write \"t\":0, or leave it out"
    ),
    (
      "{\"p\":0,\"type\":\"invoke\",\"f\":\"write\",\"v\":{\"a\":1}}",
      "2:40: an object is no value; write the list of its [key, value] pairs"
    ),
    (
      "{\"p\":0,\"type\":\"invoke\",\"f\":\"write\",\"v\":[0.5]}",
      "2:41: 0.5 is not a 64-bit whole number; use integers or strings"
    ),
  ])
  func `a line that does not fit is refused at its place`(line: String, complaint: String) {
    expect("{\"orrery\":\"history\",\"version\":1}\n" + line, complaint)
  }

  @Test func `a file that was cut off is refused at its end`() {
    let line = "{\"i\":0,\"p\":0,\"type\":\"invoke\",\"f\":\"read\"}"
    expect(
      "{\"orrery\":\"history\",\"version\":1,\"events\":2}\n\(line)\n",
      "3:1: the file has 1 events, but its first line says 2; it was cut off: record it again")
    expect(
      "{\"orrery\":\"history\",\"version\":1,\"events\":0}\n\(line)",
      "2:41: the file has 1 events, but its first line says 0; "
        + "correct \"events\" in the first line")
  }

  private func expect(_ text: String, _ complaint: String) {
    let error = #expect(throws: HistoryError.self) {
      try HistoryReader.read(text, format: .ndjson)
    }
    #expect(error?.description == complaint)
  }
}
