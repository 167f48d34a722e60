import Checking
import Determinism
import Exploration
import Histories
import ProtocolKit
import Simulation

/// What clients saw and what happened, in words.
extension StoryTeller {
  /// The operations on which the verdict rests, as their clients saw them.
  var observations: [Story.Observation] {
    guard let essential = record.evidence?.essential else { return [] }
    return essential.operations.map { id in
      let operation = record.history.operations[id.position]
      return Story.Observation(
        node: clientNode(of: id)?.description ?? "a client",
        text: operation.invocation.words(namesKey: !isAboutOneKey),
        asked_ns: operation.invocationTime?.nanosecondsSinceStart ?? 0,
        answered_ns: operation.completionTime?.nanosecondsSinceStart,
        answer: operation.completion.words(to: operation.invocation),
        is_impossible: id == record.evidence?.explanation?.operation)
    }
  }

  /// Whether the certificate is about one object, which the heading names.
  private var isAboutOneKey: Bool { record.evidence?.explanation?.key != nil }

  private func clientNode(of operation: OperationID) -> NodeID? {
    events.first { event in
      event.details.contains { detail in
        if case .asks(operation, _) = detail { true } else { false }
      }
    }?.node
  }

  /// What happened, in order: notable events and the faults that play a part.
  var steps: [Story.Step] {
    let tellsAll = !slice.places.contains(where: slice.notable.isNotable)
    var told = slice.places.filter {
      tellsAll || slice.notable.isNotable($0) || $0 == slice.places.last
        || events[$0].kind == .faultEnds && !notes(of: events[$0]).isEmpty
    }.map { events[$0] }.filter { $0.entry.map { faults.name(ofEntry: $0) != nil } ?? true }
    let begun = faults.named.compactMap { member in
      events.first { $0.kind == .faultBegins && $0.entry == member.entry }
    }
    let last = slice.places.last ?? 0
    // What a node does when a fault at it ends belongs to the fault: how it starts again, for one.
    let ended = faults.named.compactMap { member in
      events.prefix(last + 1).first {
        $0.kind == .faultEnds && $0.entry == member.entry && !notes(of: $0).isEmpty
      }
    }
    told += (begun + ended).filter { event in !told.contains { $0.id == event.id } }
    return told.sorted { $0.id < $1.id }.map { event in
      Story.Step(
        ns: event.instant.nanosecondsSinceStart, event: event.id.number, text: sentence(event))
    }
  }

  /// Whether a client learns how an operation ended that matters.
  private func isToldAsLearned(_ note: TraceNote) -> Bool {
    if case .learns(let operation, _, _) = note { isEssential(operation) } else { false }
  }

  private func sentence(_ event: TraceEvent) -> String {
    var sentences: [String] = []
    let notes = notes(of: event).map(StoryWords.sentence)
    switch event.content {
    case .message(let message, let sender):
      // What a client learns says from whom.
      if !event.details.contains(where: isToldAsLearned) {
        let brief = StoryWords.brief(message)
        sentences.append("\(event.node) gets \"\(brief)\" from \(sender)\(delay(of: event)).")
      }
    case .fault(let fault, let entry, let lasts):
      let name = faults.name(ofEntry: entry) ?? ""
      let span = StoryWords.milliseconds(UInt64(lasts.count))
      sentences.append(
        event.kind == .faultBegins
          ? "\(fault.sentence(named: name)), for \(span) ms." : "\(name) ends.")
    case .timer(let name):
      if notes.isEmpty { sentences.append("The \(name) timer fires at \(event.node).") }
    case .other(let text):
      if notes.isEmpty { sentences.append(StoryWords.sentence(text)) }
    }
    return (sentences + notes + lossSentences(of: event)).joined(separator: " ")
  }

  /// What the protocol and its clients tell about an event.
  func notes(of event: TraceEvent) -> [String] {
    let told: [String] = event.details.compactMap { detail in
      switch detail {
      case .told(let sentence): return sentence.text
      case .stops(let node, let mark): return "\(node) stops right after \(mark)"
      case .asks(let operation, let invocation) where isEssential(operation):
        return "\(event.node) asks: \(invocation.words(namesKey: !isAboutOneKey))"
      case .learns(let operation, let invocation, let completion) where isEssential(operation):
        let request = invocation.words(namesKey: !isAboutOneKey)
        let source = event.sender.map { " from \($0)" } ?? ""
        let answer = completion.words(to: invocation)
        return "\(event.node) learns\(source): \(request) -> \(answer)"
      case .isLost(let reason): return "The message is \(reason.words(to: event.node))"
      case .other(let text) where event.kind != .clockSync: return text
      case .asks, .learns, .leads, .mark, .lost, .other: return nil
      }
    }
    if !told.isEmpty { return told }
    return event.details.compactMap { detail in
      switch detail {
      case .leads(let node, let leads): leads ? "\(node) leads" : "\(node) leads no longer"
      // Where the protocol tells what it does, its marks say nothing more to a reader.
      case .mark(let name) where !slice.notable.isNarrated: "\(event.node): \(name)"
      default: nil
      }
    }
  }

  private func isEssential(_ operation: OperationID) -> Bool {
    record.evidence?.essential?.operations.contains(operation) ?? false
  }

  /// When a message was sent, if something of the story happened meanwhile.
  func delay(of event: TraceEvent) -> String {
    guard event.kind == .deliver, event.cause != .genesis else { return "" }
    let sent = events[event.cause.place]
    let isOvertaken = slice.places.contains { sent.id < events[$0].id && events[$0].id < event.id }
    return isOvertaken ? " (sent at \(StoryWords.milliseconds(sent.instant)) ms)" : ""
  }

  /// Which messages that an event sent do not arrive.
  private func lossSentences(of event: TraceEvent) -> [String] {
    let lost = losses.filter { $0.sentBy == event.id }
    var reasons: [String] = []
    for loss in lost where !reasons.contains(reason(of: loss)) { reasons.append(reason(of: loss)) }
    return reasons.map { reason in
      let recipients = lost.filter { self.reason(of: $0) == reason }.map(\.to.description)
      let names = recipients.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      return "What it sends to \(Sentence.list(names)) is \(reason)."
    }
  }
}
