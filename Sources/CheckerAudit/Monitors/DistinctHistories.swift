import Histories

/// Random histories of a real object to which every value is added once, about half of them spoilt.
///
/// Clients overlap, crash before or after their operation takes effect, and fail. A spoilt history
/// has two results exchanged, a result replaced, or an operation that ends earlier or begins later
/// than it did.
struct DistinctHistories<Specification: SequentialSpecification>: Sendable {
  /// What a client asks for.
  struct Call {
    /// What a client may be told.
    enum Result {
      case nothing
      case flag
      /// A value that somebody added, or none.
      case value
      /// A number above all numbers so far.
      case token
    }

    var function: String
    var input: Value = .none
    var result: Result
  }

  /// What a client knows when it decides what to do next.
  struct View {
    /// A value that nobody has used.
    var fresh: Value
    /// The values used so far.
    var known: [Value]
    /// The last call of this client and what came of it.
    var last: (call: Call, output: Value)?
  }

  let specification: Specification
  var clients = 4
  /// The largest number of operations; there are at least half as many.
  var operations = 8
  var crashPercent = 8
  var failPercent = 5
  var spoiltPercent = 50
  /// Chooses what a client does.
  let plan: @Sendable (View, inout SplitMix) -> Call

  /// The same histories without crashes.
  var complete: Self {
    var complete = self
    complete.crashPercent = 0
    return complete
  }

  /// The history of a seed.
  func make(seed: UInt64) throws -> History {
    var random = SplitMix(seed: seed)
    var recording = Recording()
    try record(&recording, &random)
    if random.chance(spoiltPercent) {
      for _ in 0...random.below(4) { recording.spoil(&random) }
    }
    return recording.history
  }

  /// Every result of an invocation that means something else and that fits a history; none for an
  /// observation, which constrains nothing without its result.
  func outputs(in history: History) -> @Sendable (Invocation) -> [Value] {
    var mentioned: [Value] = [.none, .boolean(true), .boolean(false)]
    for operation in history.operations {
      mentioned.append(operation.invocation.input)
      if case .ok(let output) = operation.completion { mentioned.append(output) }
    }
    return { [specification, mentioned] invocation in
      let untold = Operation(invocation: invocation, invokedAt: 0)
      guard let action = try? specification.action(for: untold), !specification.isPure(action)
      else { return [] }
      var actions: [Specification.Action] = []
      return mentioned.filter { output in
        let operation = Operation(invocation: invocation, completion: .ok(output), invokedAt: 0)
        guard let action = try? specification.action(for: operation), !actions.contains(action)
        else { return false }
        actions.append(action)
        return true
      }
    }
  }

  /// Lets clients work with a real object.
  private func record(_ recording: inout Recording, _ random: inout SplitMix) throws {
    var state = specification.initialState
    var clients = (0..<clients).map { Client(process: Int64($0)) }
    var processes = Int64(clients.count)
    let total = operations / 2 + random.below((operations + 1) / 2) + 1
    while recording.calls.count < total || clients.contains(where: { $0.open != nil }) {
      let chosen = random.below(clients.count)
      guard let open = clients[chosen].open else {
        guard recording.calls.count < total else { continue }
        let view = View(
          fresh: recording.fresh, known: recording.known, last: clients[chosen].last)
        clients[chosen].open = recording.invoke(
          plan(view, &random), process: clients[chosen].process)
        clients[chosen].output = nil
        continue
      }
      let hasCrashed = random.chance(crashPercent)
      if hasCrashed || (clients[chosen].output == nil && random.chance(failPercent)) {
        if !hasCrashed { recording.end(open, completion: .fail) }
        if hasCrashed && random.chance(50) { recording.end(open, completion: .info) }
        clients[chosen] = Client(process: processes)
        processes += 1
      } else if let output = clients[chosen].output {
        recording.end(open, completion: .ok(output))
        clients[chosen].last = (recording.calls[open].call, output)
        clients[chosen].open = nil
      } else {
        clients[chosen].output = try takeEffect(recording, number: open, &state)
      }
    }
  }

  private struct Client {
    var process: Int64
    /// The call that it waits for, and its result once it has taken effect.
    var open: Int?
    var output: Value?
    var last: (call: Call, output: Value)?
  }

  /// Applies an operation to the object and returns the first result that the object allows.
  private func takeEffect(
    _ recording: Recording, number: Int, _ state: inout Specification.State
  ) throws -> Value? {
    for output in recording.outputs(for: recording.calls[number].call) {
      let operation = Operation(
        invocation: recording.calls[number].invocation, completion: .ok(output), invokedAt: 0,
        completedAt: 1)
      guard let action = try specification.action(for: operation) else { continue }
      var successors: [Specification.State] = []
      specification.step(action, from: state, into: &successors)
      guard let next = successors.first else { continue }
      state = next
      return output
    }
    return nil
  }
}
