import Histories

extension Checker {
  /// Replicas that agree once nothing is written any more (eventual consistency, observed).
  ///
  /// After the last write has ended and a quiet period has passed, the final reads of an object
  /// must return the same; and that must be a value that some write wrote, or for sets and lists
  /// hold every acknowledged element and none that nobody added. A process that has read the final
  /// content after the quiet period must not read another one later. An indeterminate write counts
  /// as ended when its client gave up; give late messages a quiet period if that is too early.
  static let convergence = Checker(
    "convergence",
    guide: Guide(
      summary: "final reads of registers, sets or lists agree once nothing is written any more",
      guarantee: """
        after the last write of the history and a quiet period, the final reads of each object \
        return the same written value, or the same elements with every acknowledged one among \
        them, and nobody goes back from there; that an acknowledged register write was overwritten \
        only by a later one is not promised
        """,
      complexity: "O(n)",
      source: """
        Terry et al., Managing Update Conflicts in Bayou (SOSP 1995); Vogels, Eventually \
        Consistent (CACM 2009)
        """,
      failure: """
        {:process 0 :type :invoke :f :write :value 1}
        {:process 0 :type :ok :f :write :value 1}
        {:process 1 :type :invoke :f :write :value 2}
        {:process 1 :type :ok :f :write :value 2}
        {:process 0 :type :invoke :f :read}
        {:process 0 :type :ok :f :read :value 1}
        {:process 1 :type :invoke :f :read}
        {:process 1 :type :ok :f :read :value 2}
        """),
    options: [
      CheckerOption(
        "final", values: .word(["last-per-process", "tail"]),
        meaning: "which reads must agree: the last of each process, or all after the quiet period"),
      CheckerOption(
        "quiet", values: .number(minimum: 0, default: 0),
        meaning:
          "how long after the last write reads count, in nanoseconds or, without times, in events"),
      RegisterHistory.initialOption,
    ]
  ) { (history, options, _) throws(SpecificationError) in
    let late = try ConvergenceHistory(history, quiet: options.number("quiet") ?? 0)
    let judges = late.objects.map { object in
      ConvergenceJudge(
        object, initial: RegisterHistory.initial(options),
        isLastOnly: options.word("final") == "last-per-process")
    }
    return assess(late, judges: judges)
  }

  private static func assess(
    _ history: ConvergenceHistory, judges: [ConvergenceJudge]
  ) -> Assessment {
    let anomalies = judges.flatMap(\.anomalies)
    let reads = judges.reduce(0) { $0 + $1.finalReads.count }
    let lonely = judges.count { $0.readers == 1 }
    let facts = [
      Assessment.Fact("final-reads", value: .integer(Int64(reads))),
      Assessment.Fact("objects-with-one-reader", value: .integer(Int64(lonely))),
    ]
    guard anomalies.isEmpty else {
      return Assessment(.invalid, anomalies: anomalies, facts: facts)
    }
    let unread = zip(history.objects, judges).first { $1.finalReads.isEmpty }
    guard reads == 0 || unread != nil else { return Assessment(.valid, facts: facts) }
    let key = unread.map { $0.0.key } ?? .none
    let what = key == .none ? "anything" : "key \(key)"
    return Assessment(
      .unknown(
        advice: "nobody read \(what) late enough after event \(history.lastWriteEvent), with "
          + "which the last write ended: let every process read every key in the end"),
      facts: facts)
  }
}
