import Determinism
public import Histories

/// Random histories of a real object, some of them spoilt.
///
/// Clients overlap, crash before or after their operation takes effect, and fail. Histories drawn
/// without a real object behind them would almost all be invalid and test little.
public struct RandomHistories<Specification: SequentialSpecification>: Sendable {
  /// A function with one choice of arguments, and every result that a client could imagine.
  public struct Call: Sendable {
    let function: String
    let key: Value
    let input: Value
    let outputs: [Value]

    /// Creates a call.
    public init(
      function: String, key: Value = .none, input: Value = .none, outputs: [Value] = [.none]
    ) {
      self.function = function
      self.key = key
      self.input = input
      self.outputs = outputs
    }
  }

  let specification: Specification
  private let calls: [Call]
  private let clients: Int
  private let operations: Int
  private let crashPercent: Int
  private let spoiltPercent: Int

  /// Creates a source of histories of up to so many operations, so many of them open at once.
  public init(
    specification: Specification, calls: [Call], clients: Int = 3, operations: Int = 6,
    crashPercent: Int = 25, spoiltPercent: Int = 15
  ) {
    self.specification = specification
    self.calls = calls
    self.clients = clients
    self.operations = operations
    self.crashPercent = crashPercent
    self.spoiltPercent = spoiltPercent
  }

  private struct Open {
    var id: OperationID
    var call: Call
    var output: Value?
  }

  /// The history of a seed.
  public func make(seed: UInt64) throws -> History {
    var random = SplitMix(seed: seed)
    var history = History()
    var objects: [(key: Value?, state: Specification.State)] = []
    var open: [Open] = []
    let total = 1 + random.below(operations)
    while history.operations.count < total || !open.isEmpty {
      let mayInvoke = history.operations.count < total && open.count < clients
      if mayInvoke && (open.isEmpty || random.chance(50)) {
        let call = calls[random.below(calls.count)]
        let id = history.invoke(
          Invocation(
            process: ProcessID(Int64(history.operations.count)), function: call.function,
            key: call.key, input: call.input))
        open.append(Open(id: id, call: call))
        continue
      }
      let chosen = random.below(open.count)
      if random.chance(crashPercent / 2) {
        let crashed = open.remove(at: chosen)
        let isKnown = crashed.output == nil && random.chance(50)
        if isKnown || random.chance(50) { history.complete(crashed.id, isKnown ? .fail : .info) }
      } else if let output = open[chosen].output {
        let isSpoilt = random.chance(spoiltPercent)
        let finished = open.remove(at: chosen)
        let outputs = finished.call.outputs
        history.complete(finished.id, .ok(isSpoilt ? outputs[random.below(outputs.count)] : output))
      } else {
        open[chosen].output = try takeEffect(
          history.operations[open[chosen].id.position], open[chosen].call, &objects)
      }
    }
    return history
  }

  /// Applies an operation to its object and returns the first result that the object allows.
  private func takeEffect(
    _ operation: Operation, _ call: Call,
    _ objects: inout [(key: Value?, state: Specification.State)]
  ) throws -> Value? {
    let key = specification.partition(of: operation)
    let place = objects.firstIndex { $0.key == key } ?? objects.count
    if place == objects.count { objects.append((key, specification.initialState)) }
    for output in call.outputs {
      var completed = operation
      completed.completion = .ok(output)
      completed.completedAt = .max
      guard let action = try specification.action(for: completed) else { continue }
      var successors: [Specification.State] = []
      specification.step(action, from: objects[place].state, into: &successors)
      guard let next = successors.last else { continue }
      objects[place].state = next
      return output
    }
    return nil
  }
}
