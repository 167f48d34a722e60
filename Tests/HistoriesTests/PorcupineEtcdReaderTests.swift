import Determinism
import Histories
import Testing

/// The logs of Jepsen's etcd tests are read completely or refused at a place.
struct PorcupineEtcdReaderTests {
  @Test func `a log with tabs, spaces and other lines makes a history`() throws {
    let history = try HistoryReader.read(
      """
      INFO  something else
      INFO  jepsen.util - 0\t:invoke\t:read\tnil
      INFO  jepsen.util - 1 :invoke   :cas     [1 0]
      INFO  jepsen.util - :nemesis\t:info\t:start\tnil
      INFO  jepsen.util - 0\t:ok\t:read\tnil
      INFO  jepsen.util - 1\t:fail\t:cas\t[1 0]
      INFO  jepsen.util - 0\t:invoke\t:write\t3
      INFO  jepsen.util - 0\t:info\t:write\t:timed-out
      INFO  jepsen.util - 1\t:invoke\t:read\tnil
      INFO  jepsen.util - 1\t:fail\t:read\t:timed-out
      """)
    #expect(history.eventCount == 8)
    #expect(history.operations.map(\.invocation.function) == ["read", "cas", "write", "read"])
    #expect(
      history.operations.map(\.completion) == [.ok(.none), .ok(.boolean(false)), .info, .fail])
    #expect(history.operations[1].invocation.input == .list([.integer(1), .integer(0)]))
  }

  @Test(arguments: [
    (
      "INFO  jepsen.util - 0 :invoke :read nil\nINFO  jepsen.util - 0 :invoke :read nil",
      "2:21: process 0 invokes read while its read is open; "
        + "complete the read first, with info if its outcome is unknown"
    ),
    (
      "INFO  jepsen.util - 0 :ok :read nil",
      "1:27: process 0 completes read without having invoked it; "
        + "add the invocation, or remove this completion"
    ),
    (
      "INFO  jepsen.util - 0 :invoke :read nil\nINFO  jepsen.util - 0 :ok :write 1",
      "2:27: process 0 invoked read but completes write; give both the same function"
    ),
    ("INFO  jepsen.util - x :ok :read nil", "1:21: a process is a number or a keyword; write 0"),
    (
      "INFO  jepsen.util - 0 :done :read nil",
      "1:23: unknown type; use :invoke, :ok, :fail or :info"
    ),
    (
      "INFO  jepsen.util - 0 :ok 7 nil",
      "1:27: a function is a keyword; write :read, :write or :cas"
    ),
    (
      "INFO  jepsen.util - 0 :invoke :read\nINFO  jepsen.util - 1 :invoke :read nil",
      "1:36: a value is missing at the end of this line; write process, type, function and value"
    ),
    (
      "INFO  jepsen.util - 0 :invoke :cas [1 0",
      "1:36: this [ is never closed; add the missing ]"
    ),
  ])
  func `a line that does not fit is refused at its place`(text: String, complaint: String) {
    let error = #expect(throws: HistoryError.self) { try HistoryReader.read(text) }
    #expect(error?.description == complaint)
  }
}
