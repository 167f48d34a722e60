public import Histories

/// A named object that histories can be judged by: a sequential specification with a guide.
///
/// A model of your own takes a specification, which says what the object does when its operations
/// happen one at a time. A number that only grows:
///
/// ```swift
/// struct HighWaterMark: DeterministicSpecification {
///   enum Action: Hashable { case raise(Int64), read(Int64) }
///   let initialState: Int64 = 0
///
///   func action(for operation: Operation) throws(SpecificationError) -> Action? {
///     switch (operation.invocation.function, operation.invocation.input, operation.completion) {
///     case ("raise", .integer(let value), _): return .raise(value)
///     case ("read", _, .ok(.integer(let value))): return .read(value)
///     case ("read", _, .info): return nil
///     default: throw SpecificationError(operation, "no such call", fix: "use raise and read")
///     }
///   }
///
///   func apply(_ action: Action, to mark: Int64) -> Int64? {
///     switch action {
///     case .raise(let value): max(mark, value)
///     case .read(let value): value == mark ? mark : nil
///     }
///   }
///
///   func isPure(_ action: Action) -> Bool { if case .read = action { true } else { false } }
/// }
///
/// let verdict = try Model("high-water-mark", guide, HighWaterMark()).check(history)
/// ```
public struct Model: Sendable {
  /// The name on a command line with the chosen options, such as `cas-register?initial=0`.
  public private(set) var name: String
  /// What the model is for.
  public let guide: Guide
  /// The options it understands, written `name?option=value&option=value`.
  public let options: [CheckerOption]
  private let judgement: Judgement
  private var chosen: CheckerOptions

  /// Creates a model whose specification depends on options.
  ///
  /// A monitor judges those histories that it can instead of a search.
  public init<Specification: SequentialSpecification>(
    _ name: String, guide: Guide, options: [CheckerOption],
    monitor: @escaping @Sendable (Specification) -> Monitor<Specification>? = { _ in nil },
    specification: @escaping @Sendable (CheckerOptions) -> Specification
  ) {
    self.name = name
    self.guide = guide
    self.options = options
    judgement = Judgement(specification, monitor: monitor)
    chosen = CheckerOptions(options)
  }

  /// Creates a model of a specification.
  public init<Specification: SequentialSpecification>(
    _ name: String, guide: Guide, specification: Specification,
    monitor: @escaping @Sendable (Specification) -> Monitor<Specification>? = { _ in nil }
  ) {
    self.init(name, guide: guide, options: [], monitor: monitor) { _ in specification }
  }

  /// The object and its functions in one line.
  public var summary: String { guide.summary }

  /// Decides whether a history is linearizable.
  ///
  /// Throws when one of its operations does not belong to the model.
  public func check(
    _ history: History, limits: SearchLimits = .standard
  ) throws(SpecificationError) -> Verdict {
    try judgement.check(chosen, history, limits)
  }

  /// Adds to an explanation a smallest part of the history that fails in the same way.
  ///
  /// Costs many times as much as the verdict, up to a bound; hence it is done on demand.
  public func minimize(
    _ explanation: Explanation, of history: History
  ) throws(SpecificationError) -> Explanation {
    try judgement.minimize(chosen, explanation, history)
  }

  /// Decides whether a history is sequentially consistent, real time aside.
  public func checkSequential(
    _ history: History, limits: SearchLimits = .standard
  ) throws(SpecificationError) -> Assessment {
    try judgement.checkSequential(chosen, history, limits)
  }

  /// What is wrong with the certificate of a valid history, or nil if it is sound.
  ///
  /// Cost: O(n) steps of the specification.
  public func verify(
    _ linearization: Linearization, history: History
  ) throws(SpecificationError) -> String? {
    try judgement.verify(chosen, linearization, history)
  }

  /// The same model with options set from text, or nil when there is no such option or value.
  func setting(_ options: Substring) -> Model? {
    var changed = self
    guard changed.chosen.set(options) else { return nil }
    changed.name += "?\(options)"
    return changed
  }
}

/// What can be asked about a history with a specification at hand, whatever its type.
private struct Judgement: Sendable {
  let check: @Sendable (CheckerOptions, History, SearchLimits) throws(SpecificationError) -> Verdict
  let minimize:
    @Sendable (CheckerOptions, Explanation, History) throws(SpecificationError) -> Explanation
  let checkSequential:
    @Sendable (CheckerOptions, History, SearchLimits) throws(SpecificationError) -> Assessment
  let verify:
    @Sendable (CheckerOptions, Linearization, History) throws(SpecificationError) -> String?

  init<Specification: SequentialSpecification>(
    _ specification: @escaping @Sendable (CheckerOptions) -> Specification,
    monitor: @escaping @Sendable (Specification) -> Monitor<Specification>?
  ) {
    check = { (options, history, limits) throws(SpecificationError) in
      let specification = specification(options)
      return try LinearizabilityChecker(
        specification, limits: limits, monitor: monitor(specification)
      ).check(history)
    }
    minimize = { (options, explanation, history) throws(SpecificationError) in
      try LinearizabilityChecker(specification(options)).minimize(explanation, of: history)
    }
    checkSequential = { (options, history, limits) throws(SpecificationError) in
      try SequentialConsistencyChecker(specification(options), limits: limits).check(history)
    }
    verify = { (options, linearization, history) throws(SpecificationError) in
      try LinearizationVerifier(specification(options)).complaint(
        about: linearization, of: history)
    }
  }
}
