import Determinism
import Testing

/// What is left when nothing more can be left out.
struct DeltaDebuggingTests {
  private struct Enough: Error {}

  @Test func `what the condition needs is left, in its order`() {
    let left = DeltaDebugging.shrink(Array(0..<100)) { Set($0).isSuperset(of: [7, 8, 93]) }
    #expect(left == [7, 8, 93])
  }

  @Test func `nothing is left of what is not needed`() {
    #expect(DeltaDebugging.shrink(Array(0..<10)) { _ in true }.isEmpty)
    #expect(DeltaDebugging.shrink([Int]()) { _ in false }.isEmpty)
  }

  @Test func `no single element can go in the end`() {
    // Needs an even number of elements and the first: not monotonic.
    let holds = { (part: [Int]) in part.first == 0 && part.count.isMultiple(of: 2) }
    let left = DeltaDebugging.shrink(Array(0..<32), while: holds)
    #expect(holds(left))
    for place in left.indices {
      #expect(!holds(Array(left[..<place] + left[(place + 1)...])))
    }
  }

  @Test func `chunk and rest make up what was left before`() {
    var remaining = Array(0..<20)
    _ = DeltaDebugging.shrink(
      remaining,
      leavingOut: { chunk, rest in
        #expect((Array(chunk) + rest).sorted() == remaining)
        guard !chunk.contains(11) else { return false }
        remaining = rest
        return true
      })
    #expect(remaining == [11])
  }

  @Test func `whoever has had enough throws and keeps what is gone`() {
    var gone = 0
    let left = try? DeltaDebugging.shrink(
      Array(0..<64),
      leavingOut: { (chunk, _) throws(Enough) in
        if gone >= 32 { throw Enough() }
        if chunk.contains(0) { return false }
        gone += chunk.count
        return true
      })
    #expect(left == nil)
    #expect(gone == 32)
  }
}
