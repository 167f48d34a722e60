import Histories
import Testing

/// The format of a history shows in its first lines.
struct HistoryFormatTests {
  @Test(
    arguments: [
      ("", .edn), ("{:process 0}", .edn), ("\n\n  [{:process 0}]", .edn),
      ("; jepsen.util - ", .edn), ("#jepsen.history.Op{:process 0}", .edn), ("[]", .edn),
      ("[0 :invoke :read nil]", .edn), ("({:process 0})", .edn), ("-1", .edn), ("/", .edn),
      ("[{\"process\": 0}]", .json), ("\u{FEFF}[ \n {\"type\": \"invoke\"}]", .json),
      ("{\"type\": \"invoke\", \"f\": \"read\", \"process\": 0}", .json),
      ("{\"type\": \"invoke", .json),
      ("{\"orrery\":\"history\",\"version\":1}", .ndjson),
      ("{ \"kind\": 1}", .jsonl), ("{\"client\": 0, \"call\": 1, \"ret\": 2}", .jsonl),
      ("{\"model\": \"register\", \"init\": \"Register('A')\"}", .stateright),
      ("{\"type\": \"invoke\", \"process\": 0, \"op\": \"Read\"}", .stateright),
      ("[x:=1 y==2]", .dbcop), ("// a session\n[x==?]", .dbcop), ("---\n[x:=1]", .dbcop),
      ("INFO  jepsen.util - 0\t:invoke\t:read\tnil", .porcupine),
      ("started\nINFO  jepsen.util - 0\t:invoke\t:read\tnil", .porcupine),
      ("[main] INFO jepsen.util - 0\t:invoke\t:read\tnil", .porcupine),
    ] as [(String, HistoryFormat)])
  func `the format is detected`(text: String, format: HistoryFormat) {
    #expect(HistoryFormat.detect(Array(text.utf8)) == format)
  }

  @Test func `formats have names and one line about them`() {
    #expect(
      HistoryFormat.allCases.map(\.rawValue) == [
        "edn", "json", "ndjson", "porcupine", "jsonl", "stateright", "dbcop",
      ])
    for format in HistoryFormat.allCases { #expect((10...80).contains(format.summary.count)) }
    for format in HistoryWriter.Format.allCases {
      #expect((10...80).contains(format.summary.count))
      #expect(HistoryFormat(rawValue: format.rawValue) != nil)
    }
  }

  @Test(arguments: HistoryFormat.allCases)
  func `what is no text is refused by every reader`(format: HistoryFormat) {
    let error = #expect(throws: HistoryError.self) {
      try HistoryReader.read([0x7B, 0x0A, 0x20, 0x1F, 0x8B, 0x08], format: format)
    }
    #expect(
      error?.description
        == "2:3: this is not text in UTF-8; "
        + "save the file as UTF-8; unpack it first if it is compressed")
  }
}
