import Determinism
public import Histories

/// Random histories of a real object, some of them spoilt.
///
/// Clients overlap, crash before or after their operation takes effect, and fail. Histories drawn
/// without a real object behind them would almost all be invalid and test little. A client is a
/// process until an outcome is unknown; then a new process takes its place.
public struct RandomHistories<Specification: SequentialSpecification>: Sendable {
  /// A function with one choice of arguments, and every result that a client could imagine.
  public struct Call: Sendable {
    let function: String
    let key: Value
    let input: Value
    let outputs: [Value]
    let untold: [Value]

    /// Creates a call; `untold` are results that the object may give only to clients that crash.
    public init(
      function: String, key: Value = .none, input: Value = .none, outputs: [Value] = [.none],
      untold: [Value] = []
    ) {
      self.function = function
      self.key = key
      self.input = input
      self.outputs = outputs
      self.untold = untold
    }
  }

  let specification: Specification
  private let calls: [Call]
  private let clients: Int
  private let operations: Int
  private let crashPercent: Int
  private let spoiltPercent: Int

  /// Creates a source of histories of up to so many operations, so many of them open at once.
  ///
  /// Of a hundred operations about `crashPercent` end without a result; of a hundred results,
  /// `spoiltPercent` are not what the object returned.
  public init(
    specification: Specification, calls: [Call], clients: Int = 3, operations: Int = 6,
    crashPercent: Int = 25, spoiltPercent: Int = 30
  ) {
    self.specification = specification
    self.calls = calls
    self.clients = clients
    self.operations = operations
    self.crashPercent = crashPercent
    self.spoiltPercent = spoiltPercent
  }

  /// An invocation, or a completion, in the order in which clients see them.
  private struct Event {
    var operation: Int
    var completion: Completion?
  }

  /// What clients do: calls by processes, and the order of events.
  private struct Run {
    var calls: [Call] = []
    var processes: [ProcessID] = []
    var events: [Event] = []
    private var processCount: Int64 = 0
    /// The processes that may invoke again; one with an unknown outcome never does.
    private var idle: [ProcessID] = []

    func invocation(_ operation: Int) -> Invocation {
      let call = calls[operation]
      return Invocation(
        process: processes[operation], function: call.function, key: call.key, input: call.input)
    }

    mutating func invoke(_ call: Call, _ random: inout SplitMix) {
      if idle.isEmpty {
        idle.append(ProcessID(processCount))
        processCount += 1
      }
      processes.append(idle.remove(at: random.below(idle.count)))
      events.append(Event(operation: calls.count))
      calls.append(call)
    }

    mutating func complete(_ operation: Int, _ completion: Completion) {
      events.append(Event(operation: operation, completion: completion))
      if completion != .info { idle.append(processes[operation]) }
    }
  }

  /// Every result that a client could imagine for an invocation.
  func outputs(of invocation: Invocation) -> [Value] {
    let call = calls.first {
      $0.function == invocation.function && $0.key == invocation.key
        && $0.input == invocation.input
    }
    return call.map { $0.outputs + $0.untold } ?? []
  }

  /// The history of a seed.
  public func make(seed: UInt64) throws -> History {
    var random = SplitMix(seed: seed)
    var run = try honestRun(&random)
    spoil(&run, &random)
    var history = History()
    var ids: [OperationID] = []
    for event in run.events {
      if let completion = event.completion {
        history.complete(ids[event.operation], completion)
      } else {
        ids.append(history.invoke(run.invocation(event.operation)))
      }
    }
    return history
  }

  private func honestRun(_ random: inout SplitMix) throws -> Run {
    var run = Run()
    var objects: [(key: Value?, state: Specification.State)] = []
    var open: [(operation: Int, output: Value?)] = []
    let total = (operations + 2) / 2 + random.below(operations / 2 + 1)
    while run.calls.count < total || !open.isEmpty {
      let mayInvoke = run.calls.count < total && open.count < clients
      if mayInvoke && (open.isEmpty || random.chance(50)) {
        open.append((run.calls.count, nil))
        run.invoke(calls[random.below(calls.count)], &random)
        continue
      }
      let chosen = random.below(open.count)
      let (operation, output) = open[chosen]
      if random.chance(crashPercent / 2) {
        open.remove(at: chosen)
        let isKnown = output == nil && random.chance(50)
        if isKnown || random.chance(50) { run.complete(operation, isKnown ? .fail : .info) }
      } else if let output {
        open.remove(at: chosen)
        run.complete(operation, .ok(output))
      } else if let output = try takeEffect(run, operation: operation, &objects, &random) {
        open[chosen].output = output
      } else if random.chance(25) {
        open.remove(at: chosen)
        run.complete(operation, .fail)
      }
    }
    return run
  }

  /// Applies an operation to its object and returns one of the results that the object allows.
  private func takeEffect(
    _ run: Run, operation: Int, _ objects: inout [(key: Value?, state: Specification.State)],
    _ random: inout SplitMix
  ) throws -> Value? {
    let outputs = run.calls[operation].outputs
    let start = random.below(outputs.count)
    for output in outputs[start...] + outputs[..<start] {
      let completed = Operation(
        invocation: run.invocation(operation), completion: .ok(output), invokedAt: 0,
        completedAt: 1)
      guard let action = try specification.action(for: completed) else { return output }
      let key = specification.partition(of: completed)
      let place = objects.firstIndex { $0.key == key } ?? objects.count
      let state = place < objects.count ? objects[place].state : specification.initialState
      var successors: [Specification.State] = []
      specification.step(action, from: state, into: &successors)
      guard !successors.isEmpty else { continue }
      if place == objects.count { objects.append((key, state)) }
      objects[place].state = successors[random.below(successors.count)]
      return output
    }
    return nil
  }

  /// Replaces some results by other ones, or swaps them with those of similar operations.
  private func spoil(_ run: inout Run, _ random: inout SplitMix) {
    for place in run.events.indices {
      guard case .ok(let output) = run.events[place].completion, random.chance(spoiltPercent)
      else { continue }
      let call = run.calls[run.events[place].operation]
      let similar = run.events.indices.filter { other in
        let event = run.events[other]
        guard case .ok(let result) = event.completion, result != output else { return false }
        return run.calls[event.operation].function == call.function
      }
      let others = call.outputs.filter { $0 != output }
      if !similar.isEmpty && random.chance(50) {
        let other = similar[random.below(similar.count)]
        let swapped = run.events[other].completion
        run.events[other].completion = run.events[place].completion
        run.events[place].completion = swapped
      } else if !others.isEmpty {
        run.events[place].completion = .ok(others[random.below(others.count)])
      }
    }
  }
}
