import Determinism
import Histories

/// The definition of linearizability written down as directly as possible: try every order.
///
/// A twin of the real checker for histories of a few operations; it shares no idea with it. For an
/// unknown outcome it tries every result that the client could have been told, or none, so it also
/// judges what the specification makes of operations without a result.
struct BruteForceLinearizability<Specification: SequentialSpecification>: Sendable {
  let specification: Specification
  /// Every result of an invocation that can be imagined.
  let outputs: @Sendable (Invocation) -> [Value]

  private struct Candidate {
    var invokedAt: Int
    /// The event by which it must have taken effect.
    var deadline: Int
    /// What it may have done: one thing, unless its outcome is unknown.
    var actions: [Specification.Action]
  }

  /// Whether some order of operations is legal in which everything completed has taken effect.
  ///
  /// With `end`, only what was invoked before that event may, and only what completed before it
  /// must take effect; how the other operations ended later is taken into account.
  func isLinearizable(_ history: History, before end: Int = .max) throws -> Bool {
    var candidates: [Candidate] = []
    for operation in history.operations
    where operation.invokedAt < end && operation.completion != .fail {
      var candidate = Candidate(invokedAt: operation.invokedAt, deadline: .max, actions: [])
      if case .ok = operation.completion, let completedAt = operation.completedAt {
        guard let action = try specification.action(for: operation) else { continue }
        candidate.actions = [action]
        if completedAt < end { candidate.deadline = completedAt }
      } else {
        candidate.actions = try imaginableActions(of: operation)
      }
      candidates.append(candidate)
    }
    return search(candidates, state: specification.initialState)
  }

  private func imaginableActions(of operation: Operation) throws -> [Specification.Action] {
    try outputs(operation.invocation).compactMap { output in
      var completed = operation
      completed.completion = .ok(output)
      return try specification.action(for: completed)
    }
  }

  private func search(_ rest: [Candidate], state: Specification.State) -> Bool {
    if rest.allSatisfy({ $0.deadline == .max }) { return true }
    for (place, candidate) in rest.enumerated()
    where rest.allSatisfy({ $0.deadline > candidate.invokedAt }) {
      var others = rest
      others.remove(at: place)
      var successors: [Specification.State] = []
      for action in candidate.actions {
        specification.step(action, from: state, into: &successors)
      }
      if successors.contains(where: { search(others, state: $0) }) { return true }
    }
    return false
  }
}
