extension Audits {
  /// The monitors of histories with distinct values.
  static var monitors: [Audit] { [] }
}
