public import Histories

/// A lock with fencing tokens and leases: what its service may answer, one operation at a time.
///
/// Every grant has a token above all earlier ones. A lock may be granted while somebody seems to hold
/// it, because his lease may have expired, which no client sees. A release succeeds exactly for the
/// token that was granted last, once.
public struct FencedLockSpecification: DeterministicSpecification {
  /// What the lock remembers.
  public struct State: Hashable, Sendable {
    /// The token of the last grant that anybody knows of; zero before the first.
    public var token: Int64 = 0
    /// Whether it was not given back yet.
    public var isHeld = false
  }

  /// A lock operation as the model sees it.
  public enum Action: Hashable, Sendable {
    /// A grant with a token.
    case acquire(Int64)
    /// A release with a token, and whether it was accepted.
    case release(Int64, Bool)
  }

  /// Free, without a token.
  public let initialState = State()

  /// Creates the specification.
  public init() {}

  /// Translates `acquire` and `release`; operations on resources constrain nothing here.
  public func action(for operation: Operation) throws(SpecificationError) -> Action? {
    switch (operation.invocation.function, operation.invocation.input, operation.completion) {
    case ("increment", _, _), ("act", _, _): return nil
    // An unknown grant may have taken a token, which leaves a gap and no trace.
    case ("acquire", _, .info), ("acquire", _, .fail), ("release", _, .fail): return nil
    case ("acquire", _, .ok(.integer(let token))): return .acquire(token)
    case ("release", .integer, .info): return nil
    case ("release", .integer(let token), .ok(.boolean(let isDone))):
      return .release(token, isDone)
    default:
      throw SpecificationError(
        operation,
        message: "a fenced lock has acquire, which returns a token, and release of a token",
        fix: "use acquire, release and increment as the workload critical-section does")
    }
  }

  /// The lock after the action, or nil when the action is impossible.
  public func apply(_ action: Action, to state: State) -> State? {
    switch action {
    case .acquire(let token):
      return token > state.token ? State(token: token, isHeld: true) : nil
    case .release(let token, true):
      return state.isHeld && token == state.token ? State(token: token, isHeld: false) : nil
    // A lease may have expired, so a release may be refused at any time.
    case .release(_, false): return state
    }
  }

  /// Whether it is a refused release.
  public func isPure(_ action: Action) -> Bool {
    if case .release(_, false) = action { true } else { false }
  }

  /// The state in words.
  public func describe(_ state: State) -> String {
    state.isHeld ? "held with token \(state.token)" : "free after token \(state.token)"
  }
}
