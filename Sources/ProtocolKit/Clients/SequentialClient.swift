public import Histories

/// One client as histories see it: it has at most one operation under way.
///
/// Whether an operation without an answer took effect is unknown, and stays possible for ever. So the
/// client goes on under the name of another process, as if the old one still waited for its answer.
public struct SequentialClient: Sendable {
  /// Its place among all clients, from zero.
  public let place: Int

  private let total: Int
  private var generation: Int
  private var operation: OperationID?

  /// Creates a client with a place among so many, in one of its lives.
  public init(place: Int, of total: Int, incarnation: Int) {
    self.place = place
    self.total = total
    // A life has fewer than a million operations, so no process comes twice.
    generation = incarnation * 1_000_000
  }

  /// Whether an operation waits for its end.
  public var isBusy: Bool { operation != nil }

  /// The process under whose name it asks next.
  public var process: ProcessID { ProcessID(Int64(place + total * generation)) }

  /// Records that it asks for something; one that still waits traps.
  public mutating func invoke<Message>(
    _ function: String, key: Value, input: Value = .none, _ effects: inout Effects<Message>
  ) {
    precondition(operation == nil, "a client asks for one thing at a time")
    operation = effects.invoke(
      Invocation(process: process, function: function, key: key, input: input))
  }

  /// Records how the operation under way ended, if there is one.
  public mutating func complete<Message>(
    _ completion: Completion, _ effects: inout Effects<Message>
  ) {
    guard let operation else { return }
    effects.complete(operation, completion)
    self.operation = nil
    if completion == .info { generation += 1 }
  }
}
