public import Histories

/// A name that at most one user has: what claims, releases and look-ups may answer.
///
/// A claim returns who has the name now and since which version. A name that was claimed for a session
/// only may become free at any time, which no client sees.
public struct UniqueNameSpecification: SequentialSpecification {
  /// Who has the name.
  public struct State: Hashable, Sendable {
    /// The owner, if there is one.
    public var owner: Int64?
    /// How often the name was claimed or released.
    public var version: Int64 = 0
    /// Whether it goes with a session.
    public var isReserved = false
  }

  /// An operation on a name as the model sees it.
  public enum Action: Hashable, Sendable {
    /// A claim by a user, and who had the name afterwards, if that is known.
    case claim(Int64, isReserving: Bool, found: [Int64]?)
    /// A release of what a user has had since a version, and whether it was his, if that is known.
    case release(Int64, since: Int64, isDone: Bool?)
    /// A look at the owner and the version; empty if the name is free.
    case lookup([Int64])
  }

  /// Free, and never claimed.
  public let initialState = State()

  /// Creates the specification.
  public init() {}

  /// Translates `claim`, `release` and `lookup`.
  public func action(for operation: Operation) throws(SpecificationError) -> Action? {
    let input: [Value] =
      if case .list(let values) = operation.invocation.input { values } else { [] }
    switch (operation.invocation.function, input.first, input.last, operation.completion) {
    case (_, _, _, .fail), ("lookup", _, _, .info): return nil
    case ("claim", .integer(let user), .boolean(let isReserving), .info):
      return .claim(user, isReserving: isReserving, found: nil)
    case ("claim", .integer(let user), .boolean(let isReserving), .ok(let value)):
      return .claim(user, isReserving: isReserving, found: numbers(value))
    case ("release", .integer(let user), .integer(let version), .info):
      return .release(user, since: version, isDone: nil)
    case ("release", .integer(let user), .integer(let version), .ok(.boolean(let isDone))):
      return .release(user, since: version, isDone: isDone)
    case ("lookup", _, _, .ok(let value)): return .lookup(numbers(value))
    default:
      throw SpecificationError(
        operation, message: "a unique name has claim, release and lookup",
        fix: "use them as the workload unique-names does")
    }
  }

  private func numbers(_ value: Value) -> [Int64] {
    guard case .list(let values) = value else { return [] }
    return values.compactMap { if case .integer(let number) = $0 { number } else { nil } }
  }

  /// Appends what the action leads to, with and without an expiry before it.
  public func step(_ action: Action, from state: State, into successors: inout [State]) {
    if let next = apply(action, to: state) { successors.append(next) }
    guard state.isReserved else { return }
    let expired = State(owner: nil, version: state.version)
    if let next = apply(action, to: expired), !successors.contains(next) {
      successors.append(next)
    }
  }

  private func apply(_ action: Action, to state: State) -> State? {
    let current = state.owner.map { [$0, state.version] } ?? []
    switch action {
    case .claim(let user, let isReserving, let found):
      let next =
        state.owner == nil
        ? State(owner: user, version: state.version + 1, isReserved: isReserving) : state
      return found == nil || found == next.owner.map { [$0, next.version] } ? next : nil
    case .release(let user, let version, let isDone):
      let isOwner = current == [user, version]
      guard isDone == nil || isDone == isOwner else { return nil }
      return isOwner ? State(owner: nil, version: state.version + 1) : state
    case .lookup(let found): return found == current ? state : nil
    }
  }

  /// Whether it is a look that found an owner; one that found none may show an expiry.
  public func isPure(_ action: Action) -> Bool {
    if case .lookup(let found) = action { !found.isEmpty } else { false }
  }

  /// The state in words.
  public func describe(_ state: State) -> String {
    guard let owner = state.owner else { return "free after version \(state.version)" }
    return "\(state.isReserved ? "reserved" : "owned") by \(owner) since version \(state.version)"
  }
}
