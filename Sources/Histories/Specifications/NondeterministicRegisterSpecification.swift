/// A register of sets whose `put-any` keeps some subset of its arguments, and nobody knows which.
///
/// `get-any` returns some subset of what is kept, `get-all` everything. It is the model with which
/// Porcupine tests nondeterminism, and here it serves the same end.
public struct NondeterministicRegisterSpecification: SequentialSpecification {
  /// An operation as the model sees it.
  public enum Action: Hashable, Sendable {
    /// Keeps any subset of these values in place of what was kept.
    case putAny([Value])
    /// Returned these values, all of which must be kept.
    case getAny([Value])
    /// Returned these values, which must be exactly what is kept.
    case getAll([Value])
  }

  /// The largest number of arguments of a `put-any`, whose subsets are all tried.
  public static let maximumArguments = 10

  /// Nothing is kept at first; states are sorted.
  public let initialState: [Value] = []

  /// Creates the specification.
  public init() {}

  /// Translates `put-any`, `get-any` and `get-all`; an indeterminate read constrains nothing.
  public func action(for operation: Operation) throws(SpecificationError) -> Action? {
    switch (operation.invocation.function, operation.completion) {
    case ("put-any", _):
      let values = try elements(of: operation.invocation.input, in: operation)
      guard values.count <= Self.maximumArguments else {
        throw SpecificationError(
          operation, message: "put-any of \(values.count) values has too many subsets",
          fix: "use at most \(Self.maximumArguments) values")
      }
      return .putAny(values)
    case ("get-any", .ok(let output)): return .getAny(try elements(of: output, in: operation))
    case ("get-all", .ok(let output)): return .getAll(try elements(of: output, in: operation))
    case ("get-any", _), ("get-all", _): return nil
    case (let other, _):
      throw SpecificationError(
        operation, message: "this register has no function '\(other)'",
        fix: "use put-any, get-any and get-all, or choose another model")
    }
  }

  private func elements(
    of value: Value, in operation: Operation
  ) throws(SpecificationError) -> [Value] {
    guard case .list(let elements) = value else {
      throw SpecificationError(
        operation, message: "\(value) is not a list", fix: "record values as [a b]")
    }
    return elements.sorted { $0.precedes($1) }
  }

  /// Appends every state the action may lead to.
  public func step(_ action: Action, from state: [Value], into successors: inout [[Value]]) {
    switch action {
    case .getAll(let values):
      if values == state { successors.append(state) }
    case .getAny(let values):
      if values.allSatisfy(state.contains) { successors.append(state) }
    case .putAny(let values):
      for subset in 0..<(1 << values.count) {
        successors.append(values.indices.filter { subset >> $0 & 1 == 1 }.map { values[$0] })
      }
    }
  }

  /// Whether the action is one of the two reads.
  public func isPure(_ action: Action) -> Bool {
    switch action {
    case .getAny, .getAll: true
    case .putAny: false
    }
  }

  /// The kept values as EDN writes a set.
  public func describe(_ state: [Value]) -> String {
    "#{\(state.map(\.description).joined(separator: " "))}"
  }

  /// The size of the elements.
  public func footprint(of state: [Value]) -> Int { state.footprint }
}
