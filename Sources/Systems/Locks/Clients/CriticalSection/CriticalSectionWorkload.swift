public import Determinism
public import ProtocolKit

/// What workers do: take a lock, read, compute and write under it, give it back.
public struct CriticalSectionWorkload: Hashable, ValidatedConfiguration {
  /// How many workers there are.
  public var workers = 3
  /// How many further workers there are that do nothing.
  public var idleWorkers = 0
  /// How many locks there are, each with a counter that it protects.
  public var locks: UInt64 = 1
  /// How often each worker takes a lock at the most.
  public var sections = 200
  /// How often the counter is incremented under one grant.
  public var increments = 1
  /// The shortest time between two sections of a worker.
  public var thinkShortest = Nanoseconds.milliseconds(1)
  /// The longest time between two sections of a worker.
  public var thinkLongest = Nanoseconds.milliseconds(50)
  /// The shortest time between looking at the lease and sending the write.
  public var workShortest = Nanoseconds.microseconds(10)
  /// The longest time between looking at the lease and sending the write.
  public var workLongest = Nanoseconds.microseconds(100)
  /// How long a worker waits for the storage.
  public var timeout = Nanoseconds.milliseconds(200)

  /// Creates the default workload.
  public init() {}
}
