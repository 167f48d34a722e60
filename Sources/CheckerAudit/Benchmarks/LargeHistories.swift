public import Histories

/// Large valid histories with distinct values, to measure checkers by.
///
/// So many clients are busy all the time; chance decides whose operation begins, takes effect or
/// ends next. Equal arguments give equal histories on every machine.
public enum LargeHistories {
  /// Writes and reads of one register, half and half; every value is written once.
  public static func register(operations: Int, concurrency: Int, seed: UInt64) -> History {
    var value = Value.none
    return make(operations, concurrency: concurrency, seed: seed) { number, random in
      random.chance(50) ? ("write", .integer(number)) : ("read", .none)
    } effect: { invocation in
      guard invocation.function == "write" else { return value }
      value = invocation.input
      return .none
    }
  }

  /// Enqueues and dequeues, half and half; every value is enqueued once.
  public static func queue(operations: Int, concurrency: Int, seed: UInt64) -> History {
    var values: [Value] = []
    var head = 0
    return make(operations, concurrency: concurrency, seed: seed) { number, random in
      random.chance(50) ? ("enqueue", .integer(number)) : ("dequeue", .none)
    } effect: { invocation in
      if invocation.function == "enqueue" {
        values.append(invocation.input)
        return .none
      }
      guard head < values.count else { return .none }
      head += 1
      return values[head - 1]
    }
  }

  /// Pushes and pops, half and half; every value is pushed once.
  public static func stack(operations: Int, concurrency: Int, seed: UInt64) -> History {
    var values: [Value] = []
    return make(operations, concurrency: concurrency, seed: seed) { number, random in
      random.chance(50) ? ("push", .integer(number)) : ("pop", .none)
    } effect: { invocation in
      if invocation.function == "push" {
        values.append(invocation.input)
        return .none
      }
      return values.popLast() ?? .none
    }
  }

  /// Inserts of random priorities and polls of the highest, half and half.
  public static func priorityQueue(operations: Int, concurrency: Int, seed: UInt64) -> History {
    /// What is in the queue, in ascending order.
    var priorities: [Int64] = []
    return make(operations, concurrency: concurrency, seed: seed) { number, random in
      // The number in the low bits keeps priorities apart.
      let priority = Int64(random.below(1 << 30)) << 32 | number
      return random.chance(50) ? ("insert", .integer(priority)) : ("poll", .none)
    } effect: { invocation in
      guard case .integer(let priority) = invocation.input else {
        return priorities.popLast().map { .integer($0) } ?? .none
      }
      var (low, high) = (0, priorities.count)
      while low < high {
        let middle = (low + high) / 2
        if priorities[middle] < priority { low = middle + 1 } else { high = middle }
      }
      priorities.insert(priority, at: low)
      return .none
    }
  }

  /// What a client is doing.
  private enum Activity {
    case idle
    case waiting(OperationID, Invocation)
    case answered(OperationID, Value)
  }

  private static func make(
    _ operations: Int, concurrency: Int, seed: UInt64,
    choose: (Int64, inout SplitMix) -> (function: String, input: Value),
    effect: (Invocation) -> Value
  ) -> History {
    var random = SplitMix(seed: seed)
    var history = History()
    var clients = [Activity](repeating: .idle, count: concurrency)
    var (begun, ended) = (0, 0)
    while ended < operations {
      let client = random.below(concurrency)
      switch clients[client] {
      case .idle where begun < operations:
        let (function, input) = choose(Int64(begun), &random)
        let invocation = Invocation(
          process: ProcessID(Int64(client)), function: function, input: input)
        clients[client] = .waiting(history.invoke(invocation), invocation)
        begun += 1
      case .idle: continue
      case .waiting(let id, let invocation):
        clients[client] = .answered(id, effect(invocation))
      case .answered(let id, let output):
        history.complete(id, .ok(output))
        clients[client] = .idle
        ended += 1
      }
    }
    return history
  }
}
