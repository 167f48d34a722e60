public import Determinism

/// What clients saw: every operation with the total order of invocations and completions.
public struct History: Sendable {
  /// The operations in order of invocation.
  public private(set) var operations: ChunkedLog<Operation> = []

  /// The number of events (invocations and completions) so far.
  public private(set) var eventCount = 0

  /// Creates an empty history.
  public init() {}

  /// Records that a client asked for something, and returns the operation to complete later.
  public mutating func invoke(_ invocation: Invocation, at time: Instant? = nil) -> OperationID {
    operations.append(
      Operation(invocation: invocation, invokedAt: eventCount, invocationTime: time))
    eventCount += 1
    return OperationID(operations.count - 1)
  }

  /// Records how an operation ended.
  ///
  /// An operation ends once; ending it again is a bug in the caller and traps.
  public mutating func complete(
    _ id: OperationID, _ completion: Completion, at time: Instant? = nil,
    partialResult: Value = .none
  ) {
    precondition(operations[id.position].completedAt == nil, "an operation ends once")
    operations[id.position].completion = completion
    operations[id.position].partialResult = partialResult
    operations[id.position].completedAt = eventCount
    operations[id.position].completionTime = time
    eventCount += 1
  }
}
