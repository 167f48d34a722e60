import Terminal
import Testing

struct TextLayoutTests {
  @Test func `text is wrapped between words`() {
    #expect(TextLayout.wrap("one two  three", width: 8) == ["one two", "three"])
    #expect(TextLayout.wrap("a incomprehensible b", width: 5) == ["a", "incomprehensible", "b"])
    #expect(TextLayout.wrap("", width: 5) == [])
    #expect(
      TextLayout.wrap(words: ["run", "[--seed N]", "x"], width: 12) == ["run", "[--seed N] x"])
  }

  @Test func `columns are as wide as their widest cell`() {
    #expect(TextLayout.columns([["a", "b"], ["long", "c", "d"]]) == ["a     b", "long  c  d"])
    #expect(TextLayout.padded("ab", to: 4) == "ab  ")
    #expect(TextLayout.paddedLeft("ab", to: 4) == "  ab")
    #expect(TextLayout.padded("abcde", to: 4) == "abcde")
  }

  @Test func `lists are wrapped between items, whatever blanks these hold`() {
    let lines = TextLayout.wrap(items: ["lost 1 315", "crashes 2", "pauses"], width: 16)
    #expect(lines == ["lost 1 315,", "crashes 2,", "pauses"])
    #expect(TextLayout.wrap(items: [], width: 16) == [])
  }

  @Test func `a number agrees with what it counts`() {
    #expect(TextLayout.counted(1, noun: "job") == "1 job")
    #expect(TextLayout.counted(0, noun: "job") == "0 jobs")
    #expect(TextLayout.counted(1_200, noun: "event") == "1 200 events")
  }

  @Test func `a cut shows itself`() {
    #expect(TextLayout.truncated("abcdef", to: 5) == "ab...")
    #expect(TextLayout.truncated("abcdef", to: 6) == "abcdef")
    #expect(TextLayout.truncated("abcdef", to: 2) == "ab")
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1_000, "1 000"), (11_482, "11 482"), (-1_234_567, "-1 234 567"),
    (Int.min, "-9 223 372 036 854 775 808"),
  ])
  func `digits are grouped in threes`(number: Int, text: String) {
    #expect(TextLayout.grouped(number) == text)
  }
}
