import Checking
import Determinism
import Histories

extension Audit {
  /// The minimal part of an invalid history beside brute force over all of its parts.
  static func minimization<Specification>(
    _ name: String, histories: RandomHistories<Specification>
  ) -> Audit {
    let checker = LinearizabilityChecker(histories.specification)
    let twin = BruteForceLinearizability(
      specification: histories.specification, outputs: histories.outputs)
    return Audit("minimal \(name)") { seed in
      let history = try histories.make(seed: seed)
      guard case .invalid(let explanation) = try checker.check(history) else {
        return Comparison(isValid: true)
      }
      let parts = Parts(
        history: history, culprit: explanation.operation, everything: explanation.linearization,
        specification: histories.specification, isLinearizable: twin.isLinearizable)
      let minimal = try checker.minimize(explanation, of: history).minimal
      return Comparison(isValid: false, mismatch: try parts.complaint(about: minimal))
    }
  }
}

/// The parts of an invalid history, and which of them fail like the whole.
private struct Parts<Specification: SequentialSpecification> {
  let history: History
  let culprit: OperationID
  /// A legal order of what precedes the culprit.
  let everything: [OperationID]
  let specification: Specification
  let isLinearizable: (History, Int) throws -> Bool

  func complaint(about minimal: [OperationID]?) throws -> String? {
    guard let minimal else { return "a small history should be minimized" }
    let rest = everything.filter(minimal.contains)
    guard minimal == (rest + [culprit]).sorted() else {
      return "\(minimal) should be the named operation and some that precede it"
    }
    guard try fails(rest) else { return "\(minimal) should fail in the same way" }
    for leftOut in rest where try fails(rest.filter { $0 != leftOut }) {
      return "\(minimal) fails without \(leftOut) too"
    }
    return nil
  }

  /// Whether some operations are valid, but not together with the culprit, though some of them make
  /// it possible, if anything does.
  private func fails(_ part: [OperationID]) throws -> Bool {
    let isPossible = try isPossible(after: part[...], from: specification.initialState)
    let wasPossible = try self.isPossible(after: everything[...], from: specification.initialState)
    return try isValid(part) && !isValid(part + [culprit]) && (isPossible || !wasPossible)
  }

  /// Whether the culprit is possible after some of the operations, in their order.
  private func isPossible(
    after order: ArraySlice<OperationID>, from state: Specification.State
  ) throws -> Bool {
    guard let first = order.first else { return try !successors(of: state, id: culprit).isEmpty }
    return try ([state] + successors(of: state, id: first)).contains {
      try isPossible(after: order.dropFirst(), from: $0)
    }
  }

  private func successors(
    of state: Specification.State, id: OperationID
  ) throws -> [Specification.State] {
    guard let action = try specification.action(for: history.operations[id.position]) else {
      return [state]
    }
    var successors: [Specification.State] = []
    specification.step(action, from: state, into: &successors)
    return successors
  }

  private func isValid(_ part: [OperationID]) throws -> Bool {
    try isLinearizable(history.selecting(part), .max)
  }
}
