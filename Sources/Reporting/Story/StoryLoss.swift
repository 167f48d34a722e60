import Determinism
import Exploration
import ProtocolKit
import Simulation

/// A message of a story that did not arrive.
struct StoryLoss {
  let sentBy: EventID
  let message: String
  let from: NodeID
  let to: NodeID
  let at: Instant
  let reason: LossReason

  /// The messages that some events sent and that were lost, at once or on arrival.
  static func all(
    sentBy senders: [EventID], in events: ChunkedLog<TraceEvent>
  ) -> [StoryLoss] {
    events.flatMap { event in
      event.details.compactMap { detail in
        switch (detail, event.content) {
        case (.lost(let message, let from, let to, let reason), _) where senders.contains(event.id):
          StoryLoss(
            sentBy: event.id, message: message, from: from, to: to, at: event.instant,
            reason: reason)
        case (.isLost(let reason), .message(let message, let from))
        where senders.contains(event.cause):
          StoryLoss(
            sentBy: event.cause, message: message, from: from, to: event.node, at: event.instant,
            reason: reason)
        default: nil
        }
      }
    }
  }
}

extension StoryTeller {
  /// Why a message was lost, with the fault to blame.
  func reason(of loss: StoryLoss) -> String {
    let names = faults.names(from: loss.from, to: loss.to, at: loss.at)
    guard loss.reason == .cut, !names.isEmpty else { return loss.reason.words(to: loss.to) }
    return "lost (\(names.joined(separator: ", ")))"
  }
}
