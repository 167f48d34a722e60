/// Workers that answer questions about runs: other processes, or the caller itself in tests.
///
/// A worker answers its questions in the order in which they were asked. A run that ends with a trap
/// takes its worker with it, which is an event like an answer.
public protocol WorkerPool {
  /// What can go wrong with the workers themselves.
  associatedtype Failure: Error

  /// Starts one more worker and returns its number; numbers are never used again.
  mutating func start() throws(Failure) -> Int
  /// Hands a question to a worker; one that has ended since ignores it.
  mutating func ask(_ question: Question, of worker: Int)
  /// Tells a worker that no more questions will come, so that it can end.
  mutating func dismiss(_ worker: Int)
  /// Waits a little while for news; none is no sign of an end.
  ///
  /// A worker that has not answered for too long is killed and dies like any other.
  mutating func wait() throws(Failure) -> [WorkerEvent]
  /// Ends all workers at once.
  mutating func stop()
}

/// News of a worker.
public enum WorkerEvent: Sendable {
  /// It has answered its oldest open question.
  case answered(worker: Int, Answer)
  /// It has left after it was dismissed or stopped.
  case left(worker: Int)
  /// It has died of a signal while it was at its oldest open question.
  case died(worker: Int, signal: Int32)
}
