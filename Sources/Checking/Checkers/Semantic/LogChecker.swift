import Determinism
import Histories

extension Checker {
  /// Producers append to logs, and consumers read them in order: what Kafka promises.
  static var log: Checker {
    Checker(
      "log",
      guide: Guide(
        summary: "send, poll, txn, assign and subscribe: partitioned logs, as Kafka keeps them",
        guarantee: "each offset holds one message and each message one offset; nothing below what "
          + "was polled is lost; consumers and producers go through a log in order, without gaps "
          + "or repetition; nobody polls what was aborted, not sent or not yet committed; and "
          + "reads do not go round in a circle",
        complexity: "O(n log n)", source: "Jepsen, tests/kafka; cycles: Adya 1999",
        failure: """
          {:process 0 :type :invoke :f :send :value [[:send :x 1] [:send :x 2]]}
          {:process 0 :type :ok :f :send :value [[:send :x [0 1]] [:send :x [1 2]]]}
          {:process 1 :type :invoke :f :poll :value [[:poll]]}
          {:process 1 :type :ok :f :poll :value [[:poll {:x [[1 2]]}]]}
          """),
      options: [
        CheckerOption(
          "rebalancing", values: .word(["inferred", "never", "possible"]),
          meaning:
            "whether consumers may lose and regain keys, so that gaps and repetition between polls "
            + "are normal; by default if any process subscribes"),
        CheckerOption(
          "writes", values: .word(["interleaved", "isolated"]),
          meaning:
            "whether transactions may interleave their writes, so that cycles of them are normal"),
      ]
    ) { (history, options, _) throws(SpecificationError) in
      let logs = try LogHistory(history)
      let rebalancing = options.word("rebalancing")
      let subscribes = logs.transactions.contains(where: \.isSubscription)
      let analysis = LogAnalysis(
        logs, isolatesWrites: options.word("writes") == "isolated",
        mayRebalance: rebalancing == "possible" || rebalancing == "inferred" && subscribes)
      return analysis.assessment
    }
  }
}

extension LogAnalysis {
  fileprivate var assessment: Assessment {
    var findings = Findings(
      "lost-write", "inconsistent-offsets", "duplicate", "G1a", "unwritten", "precommitted-read",
      "G1c", "poll-skip", "nonmonotonic-poll", "int-poll-skip", "int-nonmonotonic-poll",
      "nonmonotonic-send", "int-nonmonotonic-send", "G0", "int-send-skip")
    for finding in self.findings {
      findings.add(
        finding.kind.rawValue, isHarmless: finding.isHarmless,
        key: finding.key.map { history.keys.elements[$0] } ?? .none, operations: finding.operations,
        text: text(finding))
    }
    let lag = LogLag(self)
    let unseen = lag.unseen
    var facts: [Assessment.Fact] = [
      .count("unseen-count", count: unseen.reduce(0) { $0 + $1.count }),
      .init("unseen", value: .list(unseen.map { .list([$0.key, .integer(Int64($0.count))]) })),
    ]
    if let worst = lag.worst() {
      facts.append(.init("worst-realtime-lag", value: .integer(worst.nanoseconds)))
      facts.append(.init("worst-realtime-lag-process", value: .integer(worst.process.number)))
      facts.append(.init("worst-realtime-lag-key", value: worst.key))
      facts.append(
        .init(
          "worst-realtime-lag-time", value: .integer(Int64(worst.at.nanosecondsSinceStart))))
    }
    let hasSent = history.transactions.contains { $0.outcome == .ok && !$0.sends.isEmpty }
    let isRead = order.isPolled.contains(true)
    return findings.assessment(
      facts, doubt: hasSent && !isRead ? "nothing was ever polled: poll to the end" : nil)
  }
}
