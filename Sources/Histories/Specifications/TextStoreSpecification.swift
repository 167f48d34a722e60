/// A string for each key with `get`, `put` and `append`, empty at first (Porcupine's `kv` model).
public struct TextStoreSpecification: DeterministicSpecification {
  /// A text operation as the model sees it.
  public enum Action: Hashable, Sendable {
    /// A read that returned this text.
    case get(State)
    /// A blind write.
    case put(String)
    /// A write at the end of what is there.
    case append(String)
  }

  /// A text that carries its own hash, which grows with it.
  ///
  /// A search over appends makes many long texts; hashing each from its beginning would dominate.
  public struct State: Hashable, Sendable {
    private var fingerprint: UInt64 = 0
    /// The text.
    public private(set) var text = ""

    fileprivate func appending(_ addition: String) -> State {
      var next = self
      next.text += addition
      for byte in addition.utf8 {
        // The multiplier of FNV-1a.
        next.fingerprint = (next.fingerprint ^ UInt64(byte)) &* 0x100_0000_01b3
      }
      return next
    }

    /// Feeds the fingerprint, which equal texts share.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(fingerprint)
    }
  }

  /// The empty text.
  public let initialState = State()

  /// Creates the specification.
  public init() {}

  /// Translates `get`, `put` and `append`; an indeterminate `get` constrains nothing.
  public func action(for operation: Operation) throws(SpecificationError) -> Action? {
    switch operation.invocation.function {
    case "get", "read":
      guard case .ok(let output) = operation.completion else { return nil }
      return .get(initialState.appending(try text(output, in: operation)))
    case "put", "write":
      return .put(try text(operation.invocation.input, in: operation))
    case "append":
      return .append(try text(operation.invocation.input, in: operation))
    case let other:
      throw SpecificationError(
        operation, message: "a text store has no function '\(other)'",
        fix: "use get, put and append, or choose another model")
    }
  }

  private func text(_ value: Value, in operation: Operation) throws(SpecificationError) -> String {
    guard case .text(let text) = value else {
      throw SpecificationError(
        operation, message: "\(value) is not a string",
        fix: "record values as strings, \"\" for none")
    }
    return text
  }

  /// The text after the action, or nil when the action is impossible.
  public func apply(_ action: Action, to state: State) -> State? {
    switch action {
    case .get(let text): text == state ? state : nil
    case .put(let text): initialState.appending(text)
    case .append(let text): state.appending(text)
    }
  }

  /// Whether the action only observes, which a `get` and an append of nothing do.
  public func isPure(_ action: Action) -> Bool {
    switch action {
    case .get: true
    case .put: false
    case .append(let text): text.isEmpty
    }
  }

  /// Whether a `get` returned a text that does not begin with what is there now: texts only grow.
  public func isLost(_ action: Action, in state: State) -> Bool {
    guard case .get(let read) = action else { return false }
    return !read.text.utf8.starts(with: state.text.utf8)
  }

  /// Whether the action is a `put` with which the text that was read begins.
  public func mayRestore(_ action: Action, lost: Action) -> Bool {
    guard case .put(let text) = action, case .get(let read) = lost else { return false }
    return read.text.utf8.starts(with: text.utf8)
  }

  /// The text in quotes.
  public func describe(_ state: State) -> String { Value.text(state.text).description }

  /// The size of the text.
  public func footprint(of state: State) -> Int { state.text.utf8.count }
}
