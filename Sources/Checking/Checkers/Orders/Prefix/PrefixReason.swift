/// Why one operation must come before another in the order of writes, with reads at their places.
enum PrefixReason {
  /// The read returned what the write wrote.
  case seen
  /// The read did not return what the write wrote.
  case missed
  /// A read, by its position, listed the first write right before the second.
  case listed(Int)
  /// The history has them in this order.
  case precedence
  /// The first write must come before a read, which saw the second one instead.
  case overwritten(Int)
  /// The write must come after the one that the read saw, and would have hidden it.
  case hidden
  /// An edge to a helper, which says nothing by itself.
  case helper
}
