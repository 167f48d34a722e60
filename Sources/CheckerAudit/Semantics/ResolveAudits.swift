import Checking
import Determinism
import Histories

extension Audits {
  /// Registers in which half-done writes may be finished late.
  static var resolutions: [Audit] {
    [
      .semantic("resolve", runs: registerRuns) { history in
        let strict = RegisterTwin(history, isStrict: true).isLinearizable
        let open = RegisterTwin(history, isStrict: false).isLinearizable
        return Expectation(
          isWrong: !strict,
          present: open
            ? [("surfaced-count", !strict), ("not-linearizable-count", false)] : [])
      }
    ]
  }

  private struct Register: Sendable {
    var value = Value.none
    var issued: [Value] = []
    var applied: [Value] = []
  }

  private static var registerRuns: ClientRuns<Register> {
    ClientRuns(
      state: Register(), clients: 3, operations: 13, crashPercent: 60, spoiltPercent: 50,
      wrongPercent: 40,
      call: { state, random in
        // A write that is under way, crashed or failed takes effect on its own.
        let waiting = state.issued.filter { !state.applied.contains($0) }
        if random.chance(70), let late = waiting.first {
          state.value = late
          state.applied.append(late)
        }
        guard random.chance(40) else { return Call(function: "read") }
        state.issued.append(.integer(Int64(state.issued.count)))
        return Call(function: "write", input: state.issued[state.issued.count - 1])
      },
      apply: { state, invocation in
        if invocation.function == "read" { return state.value }
        guard !state.applied.contains(invocation.input) else { return Value.none }
        state.applied.append(invocation.input)
        state.value = invocation.input
        return Value.none
      },
      spoil: { result, invocation, random in
        invocation.function == "read" ? random.pick([.none, .integer(0), .integer(1)]) : result
      })
  }
}

/// Tries every order of the operations on a register in which each follows all that had ended
/// before it began; with strictness, a write with an unknown outcome ends at its timeout, too.
private struct RegisterTwin {
  private struct Step {
    let invokedAt: Int
    /// The event after which it cannot take effect any more.
    let end: Int
    let mustHappen: Bool
    let written: Value?
    let seen: Value?
  }

  private let steps: [Step]

  init(_ history: History, isStrict: Bool) {
    steps = history.operations.compactMap { operation in
      let isWrite = operation.invocation.function == "write"
      if operation.completion == .fail { return nil }
      if operation.returned == nil && !isWrite { return nil }
      return Step(
        invokedAt: operation.invokedAt,
        end: operation.returned != nil || isStrict ? operation.endedAt : .max,
        mustHappen: operation.returned != nil,
        written: isWrite ? operation.invocation.input : nil,
        seen: isWrite ? nil : operation.returned)
    }
  }

  var isLinearizable: Bool { search(steps, value: .none) }

  private func search(_ rest: [Step], value: Value) -> Bool {
    guard rest.contains(where: \.mustHappen) else { return true }
    return rest.indices.contains { place in
      let next = rest[place]
      guard next.seen == nil || next.seen == value,
        !rest.contains(where: { $0.mustHappen && $0.end < next.invokedAt })
      else { return false }
      // What could have happened before but did not never will.
      var others = rest
      others.remove(at: place)
      others.removeAll { !$0.mustHappen && $0.end < next.invokedAt }
      return search(others, value: next.written ?? value)
    }
  }
}
