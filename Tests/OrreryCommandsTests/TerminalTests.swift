import Terminal
import Testing

struct TerminalTests {
  private func colors(
    _ variables: [String: String], choice: ColorChoice = .auto, isTerminal: Bool = true
  ) -> ColorDepth {
    let surroundings = TerminalSurroundings(isTerminal: isTerminal, variables: variables)
    return TerminalCapabilities(surroundings, color: choice).colors
  }

  @Test func `colour follows the terminal unless somebody objects`() {
    #expect(colors([:]) == .palette)
    #expect(colors(["COLORTERM": "truecolor"]) == .millions)
    #expect(colors([:], isTerminal: false) == .none)
    #expect(colors(["TERM": "dumb"]) == .none)
    #expect(colors(["NO_COLOR": "1"]) == .none)
    #expect(colors(["NO_COLOR": ""]) == .palette)
  }

  @Test func `colour can be forced, and the command line has the last word`() {
    #expect(colors(["FORCE_COLOR": "1"], isTerminal: false) == .palette)
    #expect(colors(["FORCE_COLOR": "0"]) == .none)
    #expect(colors(["FORCE_COLOR": "1", "TERM": "dumb"]) == .palette)
    #expect(colors(["FORCE_COLOR": "1", "NO_COLOR": "1"]) == .none)
    #expect(colors(["NO_COLOR": "1"], choice: .always, isTerminal: false) == .palette)
    #expect(colors(["FORCE_COLOR": "1"], choice: .never) == .none)
  }

  @Test func `the width comes from COLUMNS, then from the terminal, then it is 80`() {
    let width = { (columns: Int?, variables: [String: String]) in
      TerminalCapabilities(
        TerminalSurroundings(isTerminal: true, columns: columns, variables: variables)
      ).width
    }
    #expect(width(132, ["COLUMNS": "100"]) == 100)
    #expect(width(132, ["COLUMNS": "wide"]) == 132)
    #expect(width(132, ["COLUMNS": "0"]) == 132)
    #expect(width(nil, [:]) == 80)
    #expect(width(3, [:]) == 20)
  }

  @Test(arguments: [
    (["LANG": "en_US.UTF-8"], true), (["LANG": "C.utf8"], true), (["LANG": "C"], false),
    (["LC_ALL": "POSIX", "LANG": "en_US.UTF-8"], false), ([:], false),
    (["LC_ALL": "", "LC_CTYPE": "de_DE.UTF-8@euro"], true),
  ])
  func `Unicode needs a locale that says so`(variables: [String: String], expected: Bool) {
    let surroundings = TerminalSurroundings(isTerminal: true, variables: variables)
    #expect(TerminalCapabilities(surroundings).usesUnicode == expected)
    #expect(!TerminalCapabilities(surroundings, forcesASCII: true).usesUnicode)
  }

  @Test func `styles are escape sequences, and nothing at all without colour`() {
    #expect(Palette(.palette).apply(.failure, to: "FAIL") == "\u{1B}[38;5;198mFAIL\u{1B}[0m")
    #expect(Palette(.millions).apply(.ok, to: "ok") == "\u{1B}[38;2;129;191;252mok\u{1B}[0m")
    #expect(Palette(.palette).apply(.bold, to: "") == "")
    for style in Style.allCases { #expect(Palette(.none).apply(style, to: "x") == "x") }
  }

  @Test func `a status line repaints at most ten times a second and clears itself`() {
    let capabilities = TerminalCapabilities(TerminalSurroundings(isTerminal: true, columns: 20))
    var line = ProgressLine(on: capabilities)
    #expect(line.clear() == "")
    #expect(line.update("runs 1", at: 5_000) == "\rruns 1\u{1B}[K")
    #expect(line.update("runs 2", at: 5_099) == "")
    #expect(line.update("runs 3 of a great many", at: 5_100) == "\rruns 3 of a grea...\u{1B}[K")
    #expect(line.clear() == "\r\u{1B}[K")
    #expect(line.clear() == "")
    #expect(line.update("runs 4", at: 5_101) == "\rruns 4\u{1B}[K")
  }

  @Test func `a dumb terminal cannot be repainted`() {
    let dumb = TerminalSurroundings(isTerminal: true, variables: ["TERM": "dumb"])
    var line = ProgressLine(on: TerminalCapabilities(dumb))
    #expect(line.update("runs 1", at: 0) == "")
    #expect(line.clear() == "")
  }

  @Test func `off a terminal a status line is silent`() {
    var line = ProgressLine(on: TerminalCapabilities(TerminalSurroundings(isTerminal: false)))
    #expect(line.update("runs 1", at: 0) == "")
    #expect(line.clear() == "")
  }
}
