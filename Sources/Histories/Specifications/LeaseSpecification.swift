/// A lock that comes with a fencing token, greater than every token before it.
///
/// `acquire` returns a token, `renew` and `release` name theirs. A lease may expire whenever its
/// holder is not looking: then it can be acquired by another, and its own token is refused for good.
/// An operation that returned `false` (or an `acquire` without a token) was refused, as another held
/// the lease, or as the token was not the holder's any more. Tokens are at least 0, with any gaps.
public struct LeaseSpecification: SequentialSpecification {
  /// A lease operation as the model sees it.
  public enum Action: Hashable, Sendable {
    /// Took the lease and got this token.
    case acquire(token: Int64)
    /// Took the lease and got a token that nobody knows.
    case acquireUnknown
    /// Was refused, as the lease was held.
    case refusedAcquire
    /// Held the lease under this token, and still does.
    case renew(token: Int64)
    /// Gave the lease back.
    case release(token: Int64)
    /// Was refused, as this token did not hold the lease.
    case refused(token: Int64)
  }

  /// Who holds the lease, by token.
  public struct State: Hashable, Sendable {
    fileprivate enum Holder: Hashable {
      case nobody
      case token
      /// A token above the latest one, and none of these; it was never told.
      case untold(except: [Int64])
    }

    /// The latest token that is known, which is the holder's where the holder is known.
    fileprivate var latest: Int64
    fileprivate var holder = Holder.nobody
  }

  /// Nobody holds the lease, and every token is yet to come.
  public let initialState = State(latest: -1)
  /// Whether a lease may end without a release.
  public let expires: Bool

  /// Creates the specification of a lease that may expire, or of one that never does.
  public init(expires: Bool = true) {
    self.expires = expires
  }

  /// Translates `acquire`, `renew` and `release`.
  ///
  /// An indeterminate `renew` constrains nothing: at most it found the lease expired, which can as
  /// well happen later.
  public func action(for operation: Operation) throws(SpecificationError) -> Action? {
    let function = operation.invocation.function
    if function == "acquire" {
      guard let output = operation.output else { return .acquireUnknown }
      if output == .none || operation.isRefused { return .refusedAcquire }
      return .acquire(token: try operation.integer(output, meaning: "a fencing token"))
    }
    guard function == "renew" || function == "release" else {
      throw operation.unknownFunction(of: "a lease", use: "acquire, renew and release")
    }
    let token = try operation.integer(
      operation.invocation.input, meaning: "the fencing token to \(function)")
    if operation.isRefused { return .refused(token: token) }
    if function == "release" { return .release(token: token) }
    return operation.output == nil ? nil : .renew(token: token)
  }

  /// Appends every state the action may lead to.
  public func step(_ action: Action, from state: State, into successors: inout [State]) {
    switch action {
    case .acquire(let token):
      guard let vacant = state.vacated(expires: expires), token > vacant.latest else { return }
      successors.append(State(latest: token, holder: .token))
    case .acquireUnknown:
      guard let vacant = state.vacated(expires: expires) else { return }
      successors.append(State(latest: vacant.latest, holder: .untold(except: [])))
    case .refusedAcquire:
      if state.holder != .nobody { successors.append(state) }
    case .renew(let token):
      if state.mayBeHeld(by: token) { successors.append(State(latest: token, holder: .token)) }
    case .release(let token):
      if state.mayBeHeld(by: token) { successors.append(State(latest: token)) }
    case .refused(let token):
      // Either the token was not the holder's, or the lease has just expired.
      if let other = state.excluding(token) { successors.append(other) }
      if expires && state.mayBeHeld(by: token) { successors.append(State(latest: token)) }
    }
  }

  /// Whether the action only observes: being refused the lease shows only that somebody held it.
  public func isPure(_ action: Action) -> Bool { action == .refusedAcquire }

  /// Whether the action needs a token that is out of date.
  public func isLost(_ action: Action, in state: State) -> Bool {
    switch action {
    case .acquire(let token): token <= state.latest
    case .renew(let token), .release(let token):
      token <= state.latest && !state.mayBeHeld(by: token)
    case .acquireUnknown, .refusedAcquire, .refused: false
    }
  }

  /// False: tokens only grow.
  public func mayRestore(_ action: Action, lost: Action) -> Bool { false }

  /// The holder's token.
  public func describe(_ state: State) -> String {
    let known = state.latest < 0 ? "no token yet" : "the latest token \(state.latest)"
    switch state.holder {
    case .nobody: return "free, \(known)"
    case .token: return "held with token \(state.latest)"
    case .untold: return "held with an untold token, \(known)"
    }
  }
}

extension LeaseSpecification.State {
  /// The free lease with the latest token as low as it may be, or nil if it stays held.
  fileprivate func vacated(expires: Bool) -> Self? {
    switch holder {
    case .nobody: return self
    case .token: return expires ? Self(latest: latest) : nil
    case .untold(let except):
      guard expires else { return nil }
      var lowest = latest
      repeat {
        guard lowest < .max else { return nil }
        lowest += 1
      } while except.contains(lowest)
      return Self(latest: lowest)
    }
  }

  /// Whether the holder's token is this one, or could be.
  fileprivate func mayBeHeld(by token: Int64) -> Bool {
    switch holder {
    case .nobody: false
    case .token: token == latest
    case .untold(let except): token > latest && !except.contains(token)
    }
  }

  /// The state if the holder's token is not this one, or nil if it is.
  fileprivate func excluding(_ token: Int64) -> Self? {
    switch holder {
    case .nobody: return self
    case .token: return token == latest ? nil : self
    case .untold(let except):
      guard token > latest, !except.contains(token) else { return self }
      return Self(latest: latest, holder: .untold(except: (except + [token]).sorted()))
    }
  }
}
