public import Determinism

/// A single worker that is asked one thing at a time.
public struct SoleWorker<Pool: WorkerPool> {
  /// What came of a question.
  public enum Reply<Content> {
    /// The answer.
    case answered(Content)
    /// The worker died of a signal: it must not be asked again.
    case died(signal: Int32)

    /// The answer, or nil if there was none.
    public var answer: Content? {
      if case .answered(let content) = self { content } else { nil }
    }
  }

  private var pool: Pool
  private let number: Int

  /// Starts the worker.
  public init(in pool: Pool) throws(Pool.Failure) {
    self.pool = pool
    number = try self.pool.start()
  }

  /// What a run says about the system, with a known bug planted in it if one is named.
  public mutating func outcome(
    of scenario: Int, seed: UInt64, planting defect: String? = nil
  ) throws(Pool.Failure) -> Reply<Outcome> {
    try ask(Question(.outcome(planting: defect), scenario: scenario, seed: seed)) {
      if case .outcome(let outcome) = $0 { outcome } else { nil }
    }
  }

  /// The running digest after every event of a run.
  public mutating func digests(
    of scenario: Int, seed: UInt64
  ) throws(Pool.Failure) -> Reply<[UInt64]> {
    try ask(Question(.digests, scenario: scenario, seed: seed)) {
      if case .digests(let digests) = $0 { digests } else { nil }
    }
  }

  /// The event of a number, counted from one, or what stands for one that the run does not have.
  public mutating func event(
    _ number: UInt64, of scenario: Int, seed: UInt64
  ) throws(Pool.Failure) -> Reply<EventFields> {
    try ask(Question(.event(number), scenario: scenario, seed: seed)) {
      if case .event(let fields) = $0 { fields } else { nil }
    }
  }

  /// Which troubles a violation needs from an instant on; nil if nothing is violated.
  public mutating func ablation(
    of scenario: Int, seed: UInt64, since: Instant
  ) throws(Pool.Failure) -> Reply<Ablation?> {
    try ask(Question(.ablation(since: since), scenario: scenario, seed: seed)) {
      if case .ablation(let ablation) = $0 { .some(ablation) } else { nil }
    }
  }

  /// Asks, waits for the answer and takes out of it what was asked for.
  private mutating func ask<Content>(
    _ question: Question, _ content: (Answer) -> Content?
  ) throws(Pool.Failure) -> Reply<Content> {
    pool.ask(question, of: number)
    while true {
      for event in try pool.wait() {
        switch event {
        case .answered(_, let answer):
          guard let content = content(answer) else {
            preconditionFailure("a worker answered what it was not asked")
          }
          return .answered(content)
        case .died(_, let signal): return .died(signal: signal)
        case .left: preconditionFailure("a worker left that nobody had dismissed")
        }
      }
    }
  }
}

extension SoleWorker.Reply: Sendable where Content: Sendable {}
