import Testing

/// The tutorial's code is the example's: what a reader types is what the gate builds and runs.
@Suite struct TutorialTests {
  @Test func `every piece of code in the tutorial is a piece of the file that it names`() throws {
    let page = try Repository.text("docs/your-own-system.md")
    let pieces = page.matches(of: /<!-- from: ([^ ]+) -->\n```swift\n((?:(?!```)[\s\S])*)```/)
    #expect(pieces.count >= 8)
    #expect(pieces.count == page.matches(of: /```swift/).count, "every piece names its file")
    for piece in pieces {
      let text = try Repository.text(String(piece.1))
      #expect(text.contains(String(piece.2)), "\(piece.1) has no such piece:\n\(piece.2)")
    }
  }
}
