extension Audits {
  /// The checkers of consistency levels below linearizability.
  static var orders: [Audit] { searches }
}
