/// Judges a stack whose values are pushed once, by taking values away.
///
/// Suppose that each step on a value can take effect in a gap in which no other value has to be there.
/// Then the value can come and go while the stack is otherwise empty, and the rest decides. If no
/// value is like that, there is no order. It does not matter which value is taken away first, since
/// that only makes room. Cost: O(n log n).
///
/// This is the decrease and conquer of Lee and Mathur 2025 (arXiv 2410.04581).
struct StackMonitor {
  /// Finds an order in which the steps of a stack can take effect.
  static func order(of timeline: Timeline) throws(Obstacle) -> ContiguousArray<Int> {
    try Lifetimes.order(of: timeline) { (lifetimes) throws(Obstacle) in
      let misses = try lifetimes.gapsOfMisses()
      var reduction = StackReduction(lifetimes)
      reduction.run()
      guard reduction.sequence.count == lifetimes.all.count else {
        var core = StackCore(reduction)
        throw core.conflict()
      }
      return StackLayout.steps(of: reduction, misses: misses)
    }
  }
}
