/// Several registers that transactions read and write together.
///
/// A transaction is a list of `[:read key value]` and `[:write key value]` steps (`:r` and `:w`
/// too), which happen in order and at once. Linearizability of transactions is strict
/// serializability.
public struct MultiRegisterSpecification: DeterministicSpecification {
  /// One step of a transaction.
  public enum Step: Hashable, Sendable {
    /// A read of the register with this key that returned this value.
    case read(key: Value, value: Value)
    /// A blind write.
    case write(key: Value, value: Value)
  }

  /// The registers that do not hold the initial value: none.
  public let initialState = SortedTable<Value>()
  private let initial: Value
  private let nilRead: RegisterSpecification.NilRead

  /// Creates the specification of registers that all start with a value, by default empty.
  public init(
    initial: Value = .none, nilRead: RegisterSpecification.NilRead = .absent
  ) {
    self.initial = initial
    self.nilRead = nilRead
  }

  /// Translates `txn`; reads whose result is not known constrain nothing.
  ///
  /// Some clients call a transaction `read` or `write` after what its steps do.
  public func action(for operation: Operation) throws(SpecificationError) -> [Step]? {
    guard ["txn", "read", "write"].contains(operation.invocation.function) else {
      throw operation.unknownFunction(of: "a multi-register", use: "txn")
    }
    let transaction = operation.output ?? operation.invocation.input
    guard let parts = transaction.elements else {
      throw SpecificationError(
        operation, message: "\(transaction) is not a transaction",
        fix: "record a list of steps such as [[:read :x 1] [:write :y 2]]")
    }
    var steps: [Step] = []
    for part in parts {
      let step = try step(part, in: operation)
      if case .read(_, let value) = step,
        operation.output == nil || value == .none && nilRead == .unknown
      {
        continue
      }
      steps.append(step)
    }
    return steps.isEmpty ? nil : steps
  }

  private func step(
    _ value: Value, in operation: Operation
  ) throws(SpecificationError) -> Step {
    if let parts = value.elements, parts.count == 3 || parts.count == 2 {
      let content = parts.count == 3 ? parts[2] : .none
      switch parts[0] {
      case .keyword("read"), .keyword("r"), .text("read"), .text("r"):
        return .read(key: parts[1], value: content)
      case .keyword("write"), .keyword("w"), .text("write"), .text("w"):
        return .write(key: parts[1], value: content)
      default: break
      }
    }
    throw SpecificationError(
      operation, message: "\(value) is not a step of a transaction",
      fix: "use [:read key value] and [:write key value], or choose another model")
  }

  /// The registers after all steps, or nil when one of the reads is impossible.
  public func apply(_ steps: [Step], to state: SortedTable<Value>) -> SortedTable<Value>? {
    var next = state
    for step in steps {
      switch step {
      case .read(let key, let value):
        guard value == next[key] ?? initial else { return nil }
      case .write(let key, let value):
        next[key] = value == initial ? nil : value
      }
    }
    return next
  }

  /// Whether the transaction only reads.
  public func isPure(_ steps: [Step]) -> Bool {
    steps.allSatisfy { if case .read = $0 { true } else { false } }
  }

  /// Whether a register that the transaction reads holds another value.
  public func isLost(_ steps: [Step], in state: SortedTable<Value>) -> Bool {
    apply(steps, to: state) == nil
  }

  /// Whether the transaction writes a value that the lost one reads.
  public func mayRestore(_ steps: [Step], lost: [Step]) -> Bool {
    steps.contains { step in
      guard case .write(let key, let value) = step else { return false }
      return lost.contains(.read(key: key, value: value))
    }
  }

  /// The registers that the transaction touches, with the key of the whole if there is one.
  public func partitions(of operation: Operation) -> [Value]? {
    let transaction = operation.output ?? operation.invocation.input
    return transaction.elements?.compactMap { step in
      guard let parts = step.elements, parts.count > 1 else { return nil }
      let key = operation.invocation.key
      return key == .none ? parts[1] : .list([key, parts[1]])
    }
  }

  /// The registers that do not hold the initial value, as EDN writes a map.
  public func describe(_ state: SortedTable<Value>) -> String {
    state.description { $0.description }
  }

  /// The size of the entries.
  public func footprint(of state: SortedTable<Value>) -> Int { state.footprint }
}
