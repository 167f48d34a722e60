import Histories
import Testing

/// The format of a history shows in its first lines.
struct HistoryFormatTests {
  @Test(
    arguments: [
      ("", .edn), ("{:process 0}", .edn), ("\n\n  [{:process 0}]", .edn),
      ("; jepsen.util - ", .edn),
      ("#jepsen.history.Op{:process 0}", .edn), ("{ \"kind\": 1}", .jsonl),
      ("INFO  jepsen.util - 0\t:invoke\t:read\tnil", .porcupine),
      ("started\nINFO  jepsen.util - 0\t:invoke\t:read\tnil", .porcupine),
    ] as [(String, HistoryFormat)])
  func `the format is detected`(text: String, format: HistoryFormat) {
    #expect(HistoryFormat.detect(Array(text.utf8)) == format)
  }

  @Test func `formats have names`() {
    #expect(HistoryFormat.allCases.map(\.rawValue) == ["edn", "porcupine", "jsonl"])
  }
}
