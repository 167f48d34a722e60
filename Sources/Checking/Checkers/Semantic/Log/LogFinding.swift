import Histories

/// An anomaly of a log, as numbers; names and sentences come when it is told.
struct LogFinding {
  /// What is wrong, by the names of Jepsen's Kafka tests.
  enum Kind: String {
    case lostWrite = "lost-write"
    case inconsistentOffsets = "inconsistent-offsets"
    case duplicate
    case abortedRead = "G1a"
    case unwritten
    case precommittedRead = "precommitted-read"
    case internalPollSkip = "int-poll-skip"
    case internalNonmonotonicPoll = "int-nonmonotonic-poll"
    case internalNonmonotonicSend = "int-nonmonotonic-send"
    case pollSkip = "poll-skip"
    case nonmonotonicPoll = "nonmonotonic-poll"
    case nonmonotonicSend = "nonmonotonic-send"
    case circularFlow = "G1c"
    case writeCycle = "G0"
    case internalSendSkip = "int-send-skip"
  }

  let kind: Kind
  /// The number of the key; none for cycles.
  let key: Int?
  let operations: [OperationID]
  /// The numbers of the messages concerned.
  var messages: [Int] = []
  /// The slots concerned: where the message is, or those passed over.
  var slots: Range<Int> = 0..<0
  /// How many slots the second message is behind the first.
  var delta = 1
  /// Whether systems of this kind do so in the normal course.
  var isHarmless = false
}

extension LogAnalysis {
  /// The values that a finding's consumer or producer passed over.
  func skipped(_ finding: LogFinding, most: Int = .max) -> [Value] {
    finding.slots.prefix(most).map { history.value(order.slots[$0].claims[0].message) }
  }

  /// The offsets of a finding's slots.
  func offsets(_ finding: LogFinding) -> [Int64] {
    finding.kind == .duplicate
      ? order.places[finding.messages[0]].map { order.slots[$0.slot].offset }
      : finding.slots.map { order.slots[$0].offset }
  }

  /// The finding in one plain sentence.
  func text(_ finding: LogFinding) -> String {
    let values = finding.messages.map { history.value($0).description }
    let list = values.prefix(8).joined(separator: ", ")
    let value = values.first ?? ""
    switch finding.kind {
    case .lostWrite:
      return "\(value) was sent and later messages were polled, but nobody ever polled it"
    case .inconsistentOffsets: return "offset \(offsets(finding)[0]) holds \(list)"
    case .duplicate:
      let places = offsets(finding).prefix(8).map(String.init).joined(separator: ", ")
      return "\(value) is at offsets \(places)"
    case .abortedRead: return "\(value) was polled, although sending it failed"
    case .unwritten: return "\(value) was polled, but nobody sent it"
    case .precommittedRead: return "\(value) was polled by the transaction that sends it"
    case .internalPollSkip, .pollSkip, .internalSendSkip:
      let passed = skipped(finding, most: 8).map(\.description)
      let verb = finding.kind == .internalSendSkip ? "was sent" : "was polled"
      return "\(values[1]) \(verb) right after \(value), past \(passed.joined(separator: ", "))"
    case .internalNonmonotonicPoll, .nonmonotonicPoll:
      return "\(values[1]) was polled after \(value), but is not behind it"
    case .internalNonmonotonicSend, .nonmonotonicSend:
      return "\(values[1]) was sent after \(value), but is not behind it"
    case .circularFlow: return "each of these transactions depends on the one before, in a circle"
    case .writeCycle: return "each of these transactions wrote before the next, in a circle"
    }
  }
}
