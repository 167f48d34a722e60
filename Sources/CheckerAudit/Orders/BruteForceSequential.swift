import Determinism
import Histories

/// The definition of sequential consistency written down as directly as possible: try every order.
struct BruteForceSequential<Specification: SequentialSpecification> {
  let specification: ProductSpecification<Specification>

  private typealias State = ProductSpecification<Specification>.State

  private struct Step {
    var position: Int
    var process: ProcessID
    var isCompleted: Bool
    var action: ProductSpecification<Specification>.Action
  }

  init(_ specification: Specification) {
    self.specification = ProductSpecification(specification)
  }

  /// Whether some order of operations is legal and keeps the order of each process.
  func isSequential(_ history: History) throws -> Bool {
    var steps: [Step] = []
    for (position, operation) in history.operations.enumerated()
    where operation.completion != .fail {
      guard let action = try specification.action(for: operation) else { continue }
      var isCompleted = false
      if case .ok = operation.completion { isCompleted = true }
      steps.append(
        Step(
          position: position, process: operation.invocation.process, isCompleted: isCompleted,
          action: action))
    }
    return search(steps, state: specification.initialState)
  }

  /// A step may come next once everything that its process had completed before has its place.
  private func search(_ rest: [Step], state: State) -> Bool {
    if rest.allSatisfy({ !$0.isCompleted }) { return true }
    for (place, step) in rest.enumerated() {
      let isBlocked = rest.contains {
        $0.isCompleted && $0.process == step.process && $0.position < step.position
      }
      if isBlocked { continue }
      var others = rest
      others.remove(at: place)
      var successors: [State] = []
      specification.step(step.action, from: state, into: &successors)
      if successors.contains(where: { search(others, state: $0) }) { return true }
    }
    return false
  }
}
