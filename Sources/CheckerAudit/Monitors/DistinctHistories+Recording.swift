import Histories

extension DistinctHistories {
  /// Calls and events, which can still be changed.
  struct Recording {
    private(set) var calls: [(call: Call, invocation: Invocation, completion: Completion)] = []
    /// The invocations and completions in order, by number of the call.
    private var events: [(number: Int, isCompletion: Bool)] = []

    /// The values used so far.
    var known: [Value] { calls.map(\.call.input).filter { $0 != .none } }

    /// A value that nobody has used.
    var fresh: Value { .integer(Int64(calls.count + 1)) }

    var history: History {
      var history = History()
      var ids = [OperationID?](repeating: nil, count: calls.count)
      for event in events {
        if let id = ids[event.number] {
          history.complete(id, calls[event.number].completion)
        } else {
          ids[event.number] = history.invoke(calls[event.number].invocation)
        }
      }
      return history
    }

    mutating func invoke(_ call: Call, process: Int64) -> Int {
      let invocation = Invocation(
        process: ProcessID(process), function: call.function, input: call.input)
      calls.append((call, invocation, .info))
      events.append((calls.count - 1, false))
      return calls.count - 1
    }

    mutating func end(_ number: Int, completion: Completion) {
      calls[number].completion = completion
      events.append((number, true))
    }

    /// Every result that the client of a call could imagine.
    func outputs(for call: Call) -> [Value] {
      switch call.result {
      case .nothing: [.none]
      case .flag: [.boolean(true), .boolean(false)]
      case .value: known + [.none]
      case .token: [.integer(Int64(10 * events.count))]
      }
    }

    /// Changes what some client saw, or when.
    mutating func spoil(_ random: inout SplitMix) {
      let completed = calls.indices.filter {
        if case .ok = calls[$0].completion { calls[$0].call.result != .nothing } else { false }
      }
      switch random.below(4) {
      case 0 where !completed.isEmpty:
        let (first, second) = (
          completed[random.below(completed.count)], completed[random.below(completed.count)]
        )
        guard calls[first].call.result == calls[second].call.result else { return }
        let completion = calls[first].completion
        calls[first].completion = calls[second].completion
        calls[second].completion = completion
      case 1 where !completed.isEmpty:
        let number = completed[random.below(completed.count)]
        let outputs = outputs(for: calls[number].call)
        calls[number].completion = .ok(outputs[random.below(outputs.count)])
      default:
        for _ in 0...random.below(4 * events.count) { shorten(random.below(events.count)) }
      }
    }

    /// Moves a completion one place ahead, or an invocation one place back, past another operation.
    private mutating func shorten(_ place: Int) {
      let other = events[place].isCompletion ? place - 1 : place + 1
      guard events.indices.contains(other), events[other].number != events[place].number,
        calls[events[other].number].invocation.process
          != calls[events[place].number].invocation.process
      else { return }
      events.swapAt(place, other)
    }
  }
}
