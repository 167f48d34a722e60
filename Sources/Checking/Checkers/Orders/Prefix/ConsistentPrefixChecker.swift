import Determinism
import Histories

extension Checker {
  /// Reads of several registers or of lists that each show a past state of one order of writes.
  ///
  /// There must be one total order of all writes that respects the order of each process (or real
  /// time), and each read must return, for all its keys, the state after some prefix of it; the
  /// prefix holds no write that the reading process made after the read (or that was invoked after
  /// the read completed). Reads may be arbitrarily old, and need not be monotonic.
  static let consistentPrefix = Checker(
    "consistent-prefix",
    guide: Guide(
      summary: "reads of several registers, or of lists, show prefixes of one order of writes",
      guarantee: """
        there is one order of all writes, in which those of a process keep their order, such that \
        every read returns what some prefix of it leaves behind; reads may be old and need not be \
        monotonic. Reads of single registers prove next to nothing: read lists, or several keys in \
        a txn
        """,
      complexity: """
        O(n) for lists; for registers a closure of n * n / 64 words a round: two rounds where \
        every key has one writer, exponentially many in the worst case
        """,
      source: """
        Terry, Replicated Data Consistency Explained Through Baseball (CACM 2013); constraints \
        after Papadimitriou, The Serializability of Concurrent Database Updates (JACM 1979)
        """,
      failure: """
        {:process 0 :type :invoke :f :append :value 1}
        {:process 0 :type :ok :f :append :value 1}
        {:process 0 :type :invoke :f :append :value 2}
        {:process 0 :type :ok :f :append :value 2}
        {:process 1 :type :invoke :f :read}
        {:process 1 :type :ok :f :read :value [2]}
        """),
    options: [
      CheckerOption(
        "order", values: .word(["session", "real-time"]),
        meaning:
          "what the order of writes respects: that of each process, or of completions and invocations"
      ),
      RegisterHistory.initialOption,
    ]
  ) { (history, options, limits) throws(SpecificationError) in
    let prefixes = try PrefixHistory(history, initial: RegisterHistory.initial(options))
    let precedence: PrefixConstraints.Precedence =
      options.word("order") == "session" ? .session : .realTime
    let constraints = PrefixConstraints(prefixes, precedence: precedence)
    let impossible = prefixes.anomalies + constraints.forks
    guard impossible.isEmpty else { return Assessment(.invalid, anomalies: impossible) }
    return PrefixReport(prefixes).assess(constraints, limits: limits)
  }
}
