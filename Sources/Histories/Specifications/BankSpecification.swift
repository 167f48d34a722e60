/// Accounts with balances, between which `transfer` moves money; `read` returns all balances.
///
/// A `transfer` takes `{:from a :to b :amount n}`; one that returned `false` was refused, as the
/// account held less. A `read` returns a map from accounts to balances, or their list. What the
/// balances were at first may be open: the model keeps bounds on them until a read settles them.
public struct BankSpecification: DeterministicSpecification {
  /// A bank operation as the model sees it.
  public enum Action: Hashable, Sendable {
    /// A read that returned these balances by account.
    case read(SortedTable<Value>)
    /// A movement of money.
    case transfer(from: Value, to: Value, amount: Int64)
    /// A movement that was refused, as the account held less than the amount.
    case refused(from: Value, amount: Int64)
  }

  /// What is known about the balances.
  public struct State: Hashable, Sendable {
    fileprivate var balances = SortedTable<BalanceBounds>()
    /// Whether there are no other accounts.
    fileprivate var isComplete = false
  }

  /// The balances before the first transfer, as far as they are known.
  public let initialState: State
  private let openBalance: BalanceBounds
  private let total: Int64?
  private let allowsOverdrafts: Bool
  private let isSettled: Bool

  /// Creates the specification of a bank with these accounts and balances.
  public init(balances: [(account: Value, amount: Int64)], allowsOverdrafts: Bool = false) {
    var state = State(isComplete: true)
    for (account, amount) in balances {
      state.balances[account] = BalanceBounds(low: amount, high: amount)
    }
    initialState = state
    openBalance = BalanceBounds(low: 0, high: 0)
    total = nil
    self.allowsOverdrafts = allowsOverdrafts
    isSettled = true
  }

  /// Creates the specification of a bank of which as much is known as is given.
  ///
  /// Every account starts with the `initial` balance; all balances together make the `total`.
  public init(
    accounts: [Value]? = nil, initial: Int64? = nil, total: Int64? = nil,
    allowsOverdrafts: Bool = false
  ) {
    openBalance = BalanceBounds(
      low: initial ?? (allowsOverdrafts ? .min : 0), high: initial ?? .max)
    var state = State()
    for account in accounts ?? [] { state.balances[account] = openBalance }
    state.isComplete = accounts != nil
    initialState = state
    self.total = total
    self.allowsOverdrafts = allowsOverdrafts
    isSettled = accounts != nil && initial != nil
  }

  /// Translates `transfer` and `read`; an indeterminate read constrains nothing.
  public func action(for operation: Operation) throws(SpecificationError) -> Action? {
    switch operation.invocation.function {
    case "read":
      guard let output = operation.output else { return nil }
      return .read(try balances(output, in: operation))
    case "transfer":
      let input = operation.invocation.input
      guard let from = input.field("from"), let to = input.field("to"),
        case .integer(let amount) = input.field("amount"), amount >= 0
      else {
        throw SpecificationError(
          operation, message: "a transfer needs two accounts and an amount",
          fix: "record its value as {:from 0 :to 1 :amount 5}")
      }
      return operation.isRefused
        ? .refused(from: from.account, amount: amount)
        : .transfer(from: from.account, to: to.account, amount: amount)
    default: throw operation.unknownFunction(of: "a bank", use: "transfer and read")
    }
  }

  private func balances(
    _ output: Value, in operation: Operation
  ) throws(SpecificationError) -> SortedTable<Value> {
    var table = SortedTable<Value>()
    for (place, element) in (output.elements ?? [.none]).enumerated() {
      if case .integer = element {
        table[.integer(Int64(place))] = element
      } else if let pair = element.elements, pair.count == 2 {
        table[pair[0].account] = pair[1]
      } else {
        throw SpecificationError(
          operation, message: "\(output) does not tell balances",
          fix: "record a map such as {0 10, 1 20}")
      }
    }
    return table
  }

  /// What is known about the balances after the action, or nil when the action is impossible.
  public func apply(_ action: Action, to state: State) -> State? {
    var next = state
    switch action {
    case .read(let balances):
      guard let settled = settle(state, to: balances) else { return nil }
      next = settled
    case .transfer(let from, let to, let amount):
      guard var source = balance(of: from, in: state) else { return nil }
      if !allowsOverdrafts { source.low = max(source.low, amount) }
      next.balances[from] = source.adding(0 - amount)
      guard let target = balance(of: to, in: next) else { return nil }
      next.balances[to] = target.adding(amount)
      guard source.low <= source.high else { return nil }
    case .refused(let from, let amount):
      guard !allowsOverdrafts, var source = balance(of: from, in: state) else { return nil }
      source.high = min(source.high, amount - 1)
      next.balances[from] = source
      guard source.low <= source.high else { return nil }
    }
    return isPossible(next) ? next : nil
  }

  private func balance(of account: Value, in state: State) -> BalanceBounds? {
    state.balances[account] ?? (state.isComplete ? nil : openBalance)
  }

  /// The state in which a read finds just these balances.
  private func settle(_ state: State, to balances: SortedTable<Value>) -> State? {
    var settled = State(isComplete: true)
    for (account, amount) in zip(balances.keys, balances.elements) {
      guard case .integer(let number) = amount, let bounds = balance(of: account, in: state),
        bounds.low <= number, number <= bounds.high
      else { return nil }
      settled.balances[account] = BalanceBounds(low: number, high: number)
    }
    let hasAll = state.balances.keys.allSatisfy { balances[$0] != nil }
    return hasAll ? settled : nil
  }

  /// Whether the balances can make the total.
  private func isPossible(_ state: State) -> Bool {
    guard let total else { return true }
    var sum = BalanceBounds(low: 0, high: 0)
    for bounds in state.balances.elements { sum = sum.adding(bounds) }
    return (sum.low <= total || allowsOverdrafts && !state.isComplete)
      && (total <= sum.high || !state.isComplete)
  }

  /// Whether the action only observes: a read, once it cannot tell more than is known.
  public func isPure(_ action: Action) -> Bool {
    switch action {
    case .read, .refused: isSettled
    case .transfer(let from, let to, let amount): isSettled && (from == to || amount == 0)
    }
  }

  /// The balances as EDN writes a map, with bounds where they are open.
  public func describe(_ state: State) -> String {
    state.balances.description { $0.description }
  }

  /// The size of the balances.
  public func footprint(of state: State) -> Int { state.balances.footprint }
}

/// The least and the most that an account may hold; the extreme numbers stand for no bound.
struct BalanceBounds: Hashable, Sendable {
  var low: Int64
  var high: Int64

  func adding(_ amount: Int64) -> BalanceBounds {
    adding(BalanceBounds(low: amount, high: amount))
  }

  func adding(_ other: BalanceBounds) -> BalanceBounds {
    BalanceBounds(low: Self.sum(low, and: other.low), high: Self.sum(high, and: other.high))
  }

  /// The sum, in which no bound stays no bound and too much becomes no bound.
  private static func sum(_ left: Int64, and right: Int64) -> Int64 {
    for extreme in [Int64.min, .max] where left == extreme || right == extreme { return extreme }
    let (sum, isOverflow) = left.addingReportingOverflow(right)
    return isOverflow ? (left < 0 ? .min : .max) : sum
  }

  var description: String {
    if low == high { return "\(low)" }
    return "\(low == .min ? "any" : "\(low)")..\(high == .max ? "any" : "\(high)")"
  }
}

extension Value {
  /// An account as EDN writes it; JSON turns account numbers into texts.
  fileprivate var account: Value {
    if case .text(let text) = self, let number = Int64(text) { .integer(number) } else { self }
  }
}
