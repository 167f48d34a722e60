import Histories

extension Checker {
  /// Registers whose reads may be a bounded number of versions old (k-atomicity).
  ///
  /// A history is k-atomic when there is an order of its operations that respects real time and in
  /// which every read returns one of the last k values written before it, the initial value counted
  /// (Aiyer, Alvisi and Bazzi, DISC 2005). For k = 1 this is linearizability. First a lower bound
  /// on k is computed from the newer writes that certainly lie between a read and the write it saw;
  /// it refutes most histories, and names few operations. Then the general search for a
  /// linearization looks for the smallest k, beginning with that bound.
  static let kStaleness = Checker(
    "k-staleness",
    guide: Guide(
      summary: "registers whose reads may be up to k - 1 versions behind",
      guarantee: """
        the operations can be ordered so that real time is respected and every read returns one of \
        the last k values written before it; the smallest such k is reported
        """,
      complexity: """
        O(n log n) when newer writes certainly lie between a read and its write; otherwise that of \
        linearizability for each k tried: about linear in n, exponential in k operations open at \
        once
        """,
      source: """
        Aiyer, Alvisi and Bazzi, On the Availability of Non-strict Quorum Systems (DISC 2005); \
        Golab, Li and Shah, Analyzing Consistency Properties for Fun and Profit (PODC 2011)
        """,
      failure: """
        {:process 0 :type :invoke :f :write :value 1}
        {:process 0 :type :ok :f :write :value 1}
        {:process 0 :type :invoke :f :write :value 2}
        {:process 0 :type :ok :f :write :value 2}
        {:process 1 :type :invoke :f :read}
        {:process 1 :type :ok :f :read :value nil}
        """),
    options: [
      CheckerOption(
        "k", values: .number(minimum: 1, default: 2),
        meaning: "how many of the last values are allowed"),
      RegisterHistory.initialOption,
    ]
  ) { (history, options, limits) throws(SpecificationError) in
    let initial = RegisterHistory.initial(options)
    let registers = try RegisterHistory(history, initial: initial)
    let impossible = registers.anomalies + registers.futureReads
    guard impossible.isEmpty else { return Assessment(.invalid, anomalies: impossible) }
    let search = KStalenessSearch(history, registers: registers, initial: initial, limits: limits)
    return try search.assess(Int(clamping: options.number("k") ?? 1))
  }
}
