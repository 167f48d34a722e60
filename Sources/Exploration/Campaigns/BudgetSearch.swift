/// The search for the smallest value of an axis that breaks something.
///
/// It turns the value up from zero, doubling from the finest step, until something breaks, and then
/// closes in by halving. Where breaking is not monotonic, the answer is one edge among several.
public struct BudgetSearch: Hashable, Sendable {
  private let step: Int64
  private let bound: Int64

  /// The largest value so far that broke nothing.
  public private(set) var holds: Int64?
  /// The smallest value so far that broke something.
  public private(set) var breaks: Int64?

  /// Creates a search in steps of at least `step`, up to `bound`.
  public init(step: Int64, bound: Int64) {
    precondition(step > 0 && bound >= 0, "an axis has a positive step and a bound")
    self.step = step
    self.bound = bound
  }

  /// The value to try next, or nil when the edge is known to one step or lies beyond the bound.
  public var next: Int64? {
    guard let holds else { return breaks == nil ? 0 : nil }
    guard let breaks else {
      return holds >= bound ? nil : min(max(step, holds * 2), bound)
    }
    let steps = (breaks - holds) / step
    return steps <= 1 ? nil : holds + steps / 2 * step
  }

  /// Takes in whether the value that was tried broke anything.
  public mutating func note(_ value: Int64, hasBroken: Bool) {
    if hasBroken { breaks = value } else { holds = value }
  }
}
