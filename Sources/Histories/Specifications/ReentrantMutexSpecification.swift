/// A lock that its owner may acquire again, and has lost after as many releases; free at first.
///
/// The owner is the `:client` in the operation's value, or else the process. An operation that
/// returned `false` was refused: another owner held the lock, or the caller did not.
public struct ReentrantMutexSpecification: DeterministicSpecification {
  /// Who holds a lock.
  public enum Owner: Hashable, Sendable {
    /// A client that operations name.
    case client(Value)
    /// The process that asked.
    case process(ProcessID)
  }

  /// A lock operation as the model sees it.
  public enum Action: Hashable, Sendable {
    /// Takes the lock once more.
    case acquire(Owner)
    /// Gives it back once.
    case release(Owner)
    /// Was refused, as another owner held the lock.
    case refusedAcquire(Owner)
    /// Was refused, as the caller did not hold the lock.
    case refusedRelease(Owner)
  }

  /// Who holds the lock how many times.
  public struct State: Hashable, Sendable {
    fileprivate var owner: Owner?
    fileprivate var depth = 0
  }

  /// Nobody holds the lock.
  public let initialState = State()

  /// Creates the specification.
  public init() {}

  /// Translates `acquire` and `release`.
  public func action(for operation: Operation) throws(SpecificationError) -> Action? {
    let call = operation.invocation
    let owner = call.input.field("client").map { Owner.client($0) } ?? .process(call.process)
    switch call.function {
    case "acquire": return operation.isRefused ? .refusedAcquire(owner) : .acquire(owner)
    case "release": return operation.isRefused ? .refusedRelease(owner) : .release(owner)
    default: throw operation.unknownFunction(of: "a lock", use: "acquire and release")
    }
  }

  /// Who holds the lock after the action, or nil when the action is impossible.
  public func apply(_ action: Action, to state: State) -> State? {
    switch action {
    case .acquire(let owner):
      guard state.owner == nil || state.owner == owner else { return nil }
      return State(owner: owner, depth: state.depth + 1)
    case .release(let owner):
      guard state.owner == owner else { return nil }
      return state.depth == 1 ? initialState : State(owner: owner, depth: state.depth - 1)
    case .refusedAcquire(let owner):
      return state.owner == nil || state.owner == owner ? nil : state
    case .refusedRelease(let owner):
      return state.owner == owner ? nil : state
    }
  }

  /// Whether the action is a refusal.
  public func isPure(_ action: Action) -> Bool {
    switch action {
    case .refusedAcquire, .refusedRelease: true
    case .acquire, .release: false
    }
  }

  /// The holder and how often it holds the lock.
  public func describe(_ state: State) -> String {
    switch state.owner {
    case nil: "free"
    case .client(let client): "held \(state.depth) times by client \(client)"
    case .process(let process): "held \(state.depth) times by process \(process.number)"
    }
  }
}
