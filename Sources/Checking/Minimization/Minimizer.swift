import Determinism
import Histories

/// The search for a small part of an invalid history that fails in the same way.
///
/// Leaving operations out of a history also leaves out what others observed of them, so whoever
/// just looks for the smallest invalid part of "1 was written, 2 was written, 1 was read" is left
/// with a read of a value that nobody wrote. Therefore the operation to blame has to remain possible
/// in itself: some of what is left leads to a state that allows it. Under this condition the history
/// shrinks by delta debugging (Zeller and Hildebrandt 2002, section 3).
struct Minimizer<Specification: SequentialSpecification> {
  /// Whether a history is valid, nil if that takes too long to find out, and how many
  /// configurations were visited.
  typealias Judge = (History) throws(SpecificationError) -> (isValid: Bool?, cost: Int)

  /// How many operations and configurations to go through in all.
  private static var maximumWork: Int { 2_000_000 }

  let specification: Specification
  let history: History
  let judge: Judge
  private var work = maximumWork
  /// What was found last to make the culprit possible.
  private var support: [OperationID] = []

  init(_ specification: Specification, history: History, judge: @escaping Judge) {
    self.specification = specification
    self.history = history
    self.judge = judge
  }

  /// A small part of `order` and the culprit, given a legal order of operations after which the
  /// culprit is impossible; nil if that cannot be confirmed.
  mutating func minimize(
    _ order: [OperationID], culprit: OperationID
  ) throws(SpecificationError) -> [OperationID]? {
    guard try isValid(order + [culprit]) == false else { return nil }
    let isPossible = try isSupported(culprit, by: order)
    let rest = try DeltaDebugging.shrink(order) { (part) throws(SpecificationError) in
      guard try isValid(part + [culprit]) == false, try isValid(part) == true else { return false }
      return isPossible ? try isSupported(culprit, by: part) : true
    }
    return (rest + [culprit]).sorted()
  }

  /// Whether some of the operations, in their order, lead to a state that allows the culprit.
  private mutating func isSupported(
    _ culprit: OperationID, by order: [OperationID]
  ) throws(SpecificationError) -> Bool {
    if !support.isEmpty, Set(order).isSuperset(of: support) { return true }
    var search = SupportSearch(specification, history: history)
    guard let found = try search.support(of: culprit, in: order) else { return false }
    support = found
    return true
  }

  private mutating func isValid(_ part: [OperationID]) throws(SpecificationError) -> Bool? {
    guard work > part.count else { return nil }
    let answer = try judge(history.selecting(part))
    work -= part.count + answer.cost
    return answer.isValid
  }
}
