import Testing

@testable import Text

struct ScenarioErrorTests {
  private func error(
    _ text: String, line: Int, column: Int, width: Int, hint: String? = nil
  ) -> ScenarioError {
    ScenarioError(
      in: SourceText(text, file: "a.json5"),
      at: SourceSpan(start: SourcePosition(line: line, column: column), width: width), "oh",
      hint: hint)
  }

  @Test func `an error shows its line with the culprit underlined`() {
    #expect(
      error("{\n  fualts: 1,\n}", line: 2, column: 3, width: 6, hint: "why?").render() == """
        a.json5:2:3: error: oh
            2 |   fualts: 1,
              |   ^~~~~~ why?

        """)
  }

  @Test func `tabs and control characters cannot move the caret`() {
    #expect(
      error("\tx\u{1b}[31m", line: 1, column: 2, width: 9).render() == """
        a.json5:1:2: error: oh
            1 |  x [31m
              |  ^~~~~~

        """)
  }

  @Test func `a long line is cut around the culprit`() {
    let line = String(repeating: "a", count: 300) + "b" + String(repeating: "c", count: 300)
    let shown = error(line, line: 1, column: 301, width: 1).render().split(separator: "\n")
    #expect(shown[1].count == 8 + 3 + 100 + 3)
    #expect(Array(shown[1])[shown[2].count - 1] == "b")
  }

  @Test func `an error at the end of the file points past the last character`() {
    #expect(
      error("{", line: 1, column: 2, width: 1).render() == """
        a.json5:1:2: error: oh
            1 | {
              |  ^

        """)
    #expect(error("{\n", line: 2, column: 1, width: 1).render().contains("\n    2 |\n"))
  }
}
