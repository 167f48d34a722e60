import Histories
import Testing

/// What registers read and written together, lists and logs allow.
struct RegisterModelTests {
  @Test func `a transaction sees all of another or nothing`() throws {
    let write = "txn [[:write :x 1] [:write :y 1]]"
    #expect(
      try allows(
        "multi-register", "\(write) => [[:write :x 1] [:write :y 1]]",
        "txn [[:read :x nil] [:read :y nil]] => [[:read :x 1] [:read :y 1]]"))
    #expect(
      try !allows(
        "multi-register", "\(write) => ?",
        "txn [[:r :x nil] [:r :y nil]] => [[:r :x 1] [:r :y nil]]"))
    #expect(
      try allows(
        "multi-register", "\(write) => ?", "read [[:r :x]] => [[:r :x nil]]",
        "read [[:r :x]] => [[:r :x 1]]"))
  }

  @Test func `a transaction reads its own writes, in order`() throws {
    let input = "txn [[:r :x nil] [:w :x 1] [:r :x nil]]"
    #expect(
      try allows("multi-register?initial=0", "\(input) => [[:r :x 0] [:w :x 1] [:r :x 1]]"))
    #expect(
      try !allows("multi-register?initial=0", "\(input) => [[:r :x 1] [:w :x 1] [:r :x 1]]"))
    #expect(
      try !allows("multi-register?initial=0", "\(input) => [[:r :x 0] [:w :x 1] [:r :x 0]]"))
  }

  @Test func `a read of nil in a transaction can be taken for unknown`() throws {
    let reads = ["txn [[:w :x 1]] => [[:w :x 1]]", "txn [[:r :x nil]] => [[:r :x nil]]"]
    #expect(try !allows("multi-register", reads[0], reads[1]))
    #expect(try allows("multi-register?nil-reads=unknown", reads[0], reads[1]))
  }

  @Test func `a step of a transaction reads or writes one register`() {
    for value in ["[[:append :x 1]]", "[[:r]]", "5", "[5]"] {
      #expect(throws: SpecificationError.self) {
        try allows("multi-register", "txn \(value) => \(value)")
      }
    }
  }

  @Test func `a list keeps everything in the order of arrival`() throws {
    #expect(
      try allows("append-list", "read => nil", "append 1 => 9", "append 2", "read => [1 2]"))
    #expect(try !allows("append-list", "append 1", "append 2", "read => [2 1]"))
    #expect(try !allows("append-list", "append 1", "append 2", "read => [1]"))
    #expect(try allows("append-list", "append 1 => ?", "length => 0", "read => [1]"))
    #expect(throws: SpecificationError.self) { try allows("append-list", "read => 1") }
    #expect(throws: SpecificationError.self) { try allows("append-list", "append nil") }
  }

  @Test func `long lists differ by any entry`() throws {
    let appends = (0..<200).map { "append \($0)" }
    let model = "append-list"
    let all = (0..<200).map(String.init)
    var swapped = all
    swapped.swapAt(3, 4)
    #expect(try allowsAll(model, appends + ["read => [\(all.joined(separator: " "))]"]))
    #expect(try !allowsAll(model, appends + ["read => [\(swapped.joined(separator: " "))]"]))
  }

  @Test func `a log tells the offset of an entry, and the entry at an offset`() throws {
    #expect(try allows("log", "append \"a\" => 0", "append \"b\" => 1", "read 1 => \"b\""))
    #expect(try !allows("log", "append \"a\" => 0", "append \"b\" => 2"))
    #expect(try !allows("log", "append \"a\" => 0", "append \"b\" => 0"))
    #expect(try !allows("log", "append \"a\" => 0", "read 0 => \"b\""))
    #expect(try allows("log?first=1", "append \"a\" => 1", "read => [\"a\"]", "size => 1"))
  }

  @Test func `nothing can be read behind the end of a log`() throws {
    #expect(try allows("log", "read 0 => nil", "append 7", "read 0 => 7", "read -1 => nil"))
    #expect(try !allows("log", "append 7", "read 0 => nil"))
    #expect(try !allows("log", "read 0 => 7"))
    #expect(try allows("log", "append 7 => ?", "append 8 => 1", "read 0 => 7"))
    #expect(try !allows("log", "append 7", "append 8 => ?", "read 2 => 8"))
  }
}
