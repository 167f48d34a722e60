import Histories
import Testing

/// Malformed EDN is refused with line, column and the likely fix.
struct EDNErrorTests {
  @Test(arguments: [
    ("[{:process :n}\n", "1:1: this [ is never closed; add the missing ]"),
    ("({:process :n}", "1:1: this ( is never closed; add the missing )"),
    ("{:a [1 2}", "1:9: found } where ] should be; close the [ first"),
    ("[\n#{1 2]", "2:6: found ] where } should be; close the { first"),
    ("{:a}", "1:2: this key has no value; give the map an even number of forms"),
    ("{:process :n} ]", "1:15: this bracket closes nothing; remove it, or add the opening one"),
    ("{:a \"é\" :b \"open}", "1:12: this string is never closed; add the missing \""),
    (#"{:a "\q"}"#, #"1:6: unknown escape in a string; use \n \t \r \b \f \" \\ or \u0041"#),
    (#"{:a \bogus}"#, #"1:5: unknown character \bogus; write \a, \newline or \u0041"#),
    ("{: 1}", "1:2: a keyword needs a name; write it without a space"),
    ("{:a #}", "1:5: # begins neither a set nor a tagged form; write #{…} or #tag form"),
    ("{:a 1 #_}", "1:7: #_ discards nothing; remove it"),
  ])
  func `a malformed form is refused at its place`(text: String, complaint: String) {
    let error = #expect(throws: HistoryError.self) {
      try HistoryReader.read(text, format: .edn)
    }
    #expect(error?.description == complaint)
  }

  @Test func `deep nesting is refused before it exhausts the stack`() {
    for bracket in ["[", "{:a ", "#_ ", "#t "] {
      let text = "[" + String(repeating: bracket, count: 100_000)
      let error = #expect(throws: HistoryError.self) {
        try HistoryReader.read(text, format: .edn)
      }
      #expect(error?.message == "forms are nested more than 100 deep")
      #expect(error?.line == 1)
    }
  }
}
