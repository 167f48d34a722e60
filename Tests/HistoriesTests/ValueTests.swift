import Histories
import Testing

/// Values are printed as EDN, and read from it.
struct ValueTests {
  @Test(
    arguments: [
      (.none, "nil"), (.boolean(true), "true"), (.integer(.min), "-9223372036854775808"),
      (.text("a \"b\" \\ é\n\u{7F}"), #""a \"b\" \\ é\n\u007f""#), (.keyword("x/y"), ":x/y"),
      (.list([]), "[]"), (.list([.none, .list([.integer(1), .text("")])]), #"[nil [1 ""]]"#),
    ] as [(Value, String)])
  func `a value is what its description says`(value: Value, text: String) {
    #expect(value.description == text)
    #expect(Value(edn: text) == value)
    #expect(Value(edn: " #_1 ;c\n \(text),") == value)
  }

  @Test(arguments: ["", " ", "1 2", "[", "1]", "x", "1.5", "#{1 1}", "\"", "; 1"])
  func `what is not one value is none`(text: String) {
    #expect(Value(edn: text) == nil)
  }
}
