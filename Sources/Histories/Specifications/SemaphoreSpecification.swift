/// A number of permits that `acquire` takes and `release` gives back, all of them free at first.
///
/// Both take one permit unless the operation's value says how many. An operation that returned
/// `false` was refused: too few permits were free, or too few were taken.
public struct SemaphoreSpecification: DeterministicSpecification {
  /// A semaphore operation as the model sees it.
  public enum Action: Hashable, Sendable {
    /// Takes so many permits.
    case acquire(Int64)
    /// Gives so many back.
    case release(Int64)
    /// Was refused, as fewer than so many permits were free.
    case refusedAcquire(Int64)
    /// Was refused, as fewer than so many permits were taken.
    case refusedRelease(Int64)
  }

  /// The number of permits that are taken.
  public let initialState: Int64 = 0
  private let permits: Int64

  /// Creates the specification of a semaphore with so many permits.
  public init(permits: Int64) {
    self.permits = permits
  }

  /// Translates `acquire` and `release`.
  public func action(for operation: Operation) throws(SpecificationError) -> Action? {
    let amount = try operation.amount()
    guard amount > 0 else {
      throw SpecificationError(
        operation, message: "\(amount) is not a number of permits", fix: "record at least 1")
    }
    switch operation.invocation.function {
    case "acquire": return operation.isRefused ? .refusedAcquire(amount) : .acquire(amount)
    case "release": return operation.isRefused ? .refusedRelease(amount) : .release(amount)
    default: throw operation.unknownFunction(of: "a semaphore", use: "acquire and release")
    }
  }

  /// How many permits are taken after the action, or nil when the action is impossible.
  public func apply(_ action: Action, to taken: Int64) -> Int64? {
    switch action {
    case .acquire(let amount): amount <= permits - taken ? taken + amount : nil
    case .release(let amount): amount <= taken ? taken - amount : nil
    case .refusedAcquire(let amount): amount <= permits - taken ? nil : taken
    case .refusedRelease(let amount): amount <= taken ? nil : taken
    }
  }

  /// Whether the action is a refusal.
  public func isPure(_ action: Action) -> Bool {
    switch action {
    case .refusedAcquire, .refusedRelease: true
    case .acquire, .release: false
    }
  }

  /// How many permits are taken.
  public func describe(_ taken: Int64) -> String { "\(taken) of \(permits) taken" }
}
