/// A fast checker beside the definition it implements, on the random history of a seed.
///
/// The definitions try everything and share no idea with the checkers; they are good for histories
/// of a few operations.
public struct Audit: Sendable {
  /// What came of one history.
  public struct Comparison: Sendable {
    /// Whether the history is valid by the definition.
    public var isValid: Bool
    /// How the two answers differ, or nil when they agree.
    public var mismatch: String?

    /// Creates a comparison.
    public init(isValid: Bool, mismatch: String? = nil) {
      self.isValid = isValid
      self.mismatch = mismatch
    }
  }

  /// The checker and the object, such as `linearizable queue`.
  public let name: String
  /// Compares the two on the history of a seed; equal seeds give equal histories.
  public let compare: @Sendable (UInt64) throws -> Comparison

  /// Creates an audit.
  public init(_ name: String, compare: @escaping @Sendable (UInt64) throws -> Comparison) {
    self.name = name
    self.compare = compare
  }
}

/// Every checker's audit.
public enum Audits {
  /// All audits, in the order in which reports should show them.
  public static var all: [Audit] {
    models + searches + monitors + sequential + orders + semantics
  }
}
