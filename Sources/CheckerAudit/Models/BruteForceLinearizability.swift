import Determinism
import Histories

/// The definition of linearizability written down as directly as possible: try every order.
///
/// A twin of the real checker for histories of a few operations; it shares no idea with it.
struct BruteForceLinearizability<Specification: SequentialSpecification> {
  let specification: Specification

  private struct Candidate {
    var invokedAt: Int
    /// The event by which it must have taken effect.
    var deadline: Int
    var action: Specification.Action
  }

  /// Whether some order of operations is legal in which everything completed has taken effect.
  ///
  /// With `end`, only what was invoked before that event may, and only what completed before it
  /// must take effect; how the other operations ended later is taken into account.
  func isLinearizable(_ history: History, before end: Int = .max) throws -> Bool {
    var candidates: [Candidate] = []
    for operation in history.operations where operation.invokedAt < end {
      guard operation.completion != .fail,
        let action = try specification.action(for: operation)
      else { continue }
      var deadline = Int.max
      if case .ok = operation.completion, let completedAt = operation.completedAt,
        completedAt < end
      {
        deadline = completedAt
      }
      candidates.append(
        Candidate(invokedAt: operation.invokedAt, deadline: deadline, action: action))
    }
    return search(candidates, specification.initialState)
  }

  private func search(_ rest: [Candidate], _ state: Specification.State) -> Bool {
    if rest.allSatisfy({ $0.deadline == .max }) { return true }
    for (place, candidate) in rest.enumerated()
    where rest.allSatisfy({ $0.deadline > candidate.invokedAt }) {
      var others = rest
      others.remove(at: place)
      var successors: [Specification.State] = []
      specification.step(candidate.action, from: state, into: &successors)
      if successors.contains(where: { search(others, $0) }) { return true }
    }
    return false
  }
}
