/// A choice out of the four session guarantees (Terry and others, PDIS 1994).
struct SessionGuarantees: OptionSet, Sendable {
  let rawValue: UInt8

  /// A session's reads see its earlier writes.
  static let readYourWrites = SessionGuarantees(rawValue: 1)
  /// A session's reads see what its earlier reads saw.
  static let monotonicReads = SessionGuarantees(rawValue: 2)
  /// A session's writes take effect in its order.
  static let monotonicWrites = SessionGuarantees(rawValue: 4)
  /// A session's writes take effect after the writes that it had seen before.
  static let writesFollowReads = SessionGuarantees(rawValue: 8)

  /// Each guarantee with its word in options and its name in reports.
  static let all: [(guarantee: SessionGuarantees, option: String, name: String)] = [
    (.readYourWrites, "ryw", "read-your-writes"),
    (.monotonicReads, "mr", "monotonic-reads"),
    (.monotonicWrites, "mw", "monotonic-writes"),
    (.writesFollowReads, "wfr", "writes-follow-reads"),
  ]

  /// The names of those chosen.
  var names: [String] {
    Self.all.filter { contains($0.guarantee) }.map(\.name)
  }

  /// Every choice out of these, the smaller ones first.
  var subsets: [SessionGuarantees] {
    let choices = (0...rawValue).map { SessionGuarantees(rawValue: $0) }.filter(isSuperset)
    return (0...Self.all.count).flatMap { size in
      choices.filter { $0.rawValue.nonzeroBitCount == size }
    }
  }
}
