public import Determinism

/// The logical process of a client: strictly sequential, and retired after an unknown outcome.
public struct ProcessID: Hashable, Comparable, Sendable {
  /// The process number as histories print it.
  public let number: Int64

  /// Creates the identity of the process with this number.
  public init(_ number: Int64) {
    self.number = number
  }

  /// Whether one process number is below another.
  public static func < (left: ProcessID, right: ProcessID) -> Bool { left.number < right.number }
}

/// The place of an operation in its history, counted from zero in order of invocation.
public struct OperationID: Hashable, Comparable, Sendable {
  /// The zero-based position.
  public let position: Int

  /// Creates the identity of the operation at this position.
  public init(_ position: Int) {
    self.position = position
  }

  /// Whether one operation was invoked before another.
  public static func < (left: OperationID, right: OperationID) -> Bool {
    left.position < right.position
  }
}

/// What a client asked for: a function, the object it addresses and the arguments.
public struct Invocation: Hashable, Sendable {
  /// The process that asked.
  public var process: ProcessID
  /// The function's name in the vocabulary of the field, such as `read` or `cas`.
  public var function: String
  /// The object that is addressed, or `none` when the history is about a single object.
  public var key: Value
  /// The arguments: the value to write, `[expected new]` of a compare-and-set, `none` of a read.
  public var input: Value

  /// Creates an invocation.
  public init(process: ProcessID, function: String, key: Value = .none, input: Value = .none) {
    self.process = process
    self.function = function
    self.key = key
    self.input = input
  }
}

/// How an operation ended, as its client saw it.
public enum Completion: Hashable, Sendable {
  /// It happened, and returned this value.
  case ok(Value)
  /// It certainly did not happen.
  case fail
  /// Nobody knows: it may take effect at any later time, or never.
  case info
}

/// An invocation with its completion and the places of both in the order of events.
public struct Operation: Hashable, Sendable {
  /// What was asked.
  public var invocation: Invocation
  /// How it ended; an operation that has not ended counts as `info`.
  public var completion: Completion
  /// What the client learned although the operation failed or its outcome is unknown; else `none`.
  ///
  /// A batch of sends may report the offsets of some messages and time out on the others.
  public var partialResult = Value.none
  /// The place of the invocation in the total order of the history's events.
  public var invokedAt: Int
  /// The place of the completion in that order, or nil when the operation never ended.
  public var completedAt: Int?
  /// When it was asked, where the history has times.
  public var invocationTime: Instant?
  /// When it ended, where the history has times.
  public var completionTime: Instant?

  /// Creates an operation.
  public init(
    invocation: Invocation, completion: Completion = .info, invokedAt: Int,
    completedAt: Int? = nil, invocationTime: Instant? = nil, completionTime: Instant? = nil
  ) {
    self.invocation = invocation
    self.completion = completion
    self.invokedAt = invokedAt
    self.completedAt = completedAt
    self.invocationTime = invocationTime
    self.completionTime = completionTime
  }
}
