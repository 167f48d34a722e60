import Checking
import Determinism
import Histories

/// Whether the actions that leaders had acknowledged are those of one leader at a time.
///
/// An epoch has one leader, and an action that begins after another has ended does not belong to an
/// earlier epoch. In a world without faults the office is never empty for long. O(n log n).
struct ElectionChecker {
  private struct Action {
    let id: OperationID
    let epoch: Int64
    let leader: Int64
    let begun: Int
    let ended: Int
    let time: Instant?
  }

  private let actions: [Action]

  init(_ history: History) {
    actions = history.operations.enumerated().compactMap { position, operation in
      guard operation.invocation.function == "act", case .ok = operation.completion,
        case .list(let input) = operation.invocation.input, input.count == 2,
        case (.integer(let epoch), .integer(let leader)) = (input[0], input[1]),
        let ended = operation.completedAt
      else { return nil }
      return Action(
        id: OperationID(position), epoch: epoch, leader: leader, begun: operation.invokedAt,
        ended: ended, time: operation.completionTime)
    }
  }

  /// The first thing that is wrong with who acted, or nil.
  func anomaly() -> Anomaly? {
    secondLeader() ?? regression()
  }

  private func secondLeader() -> Anomaly? {
    let sorted = actions.sorted { ($0.epoch, $0.begun) < ($1.epoch, $1.begun) }
    for (one, other) in zip(sorted, sorted.dropFirst())
    where one.epoch == other.epoch && one.leader != other.leader {
      return Anomaly(
        "two-leaders-in-one-epoch", operations: [one.id, other.id],
        text:
          "clients \(one.leader) and \(other.leader) both acted as leaders of epoch \(one.epoch)",
        about: [Subject("epoch", one.epoch)])
    }
    return nil
  }

  private func regression() -> Anomaly? {
    let byEnd = actions.sorted { $0.ended < $1.ended }
    var latest: Action?
    var ended = 0
    for action in actions {
      while ended < byEnd.count, byEnd[ended].ended < action.begun {
        if byEnd[ended].epoch > latest?.epoch ?? .min { latest = byEnd[ended] }
        ended += 1
      }
      guard let latest, latest.epoch > action.epoch else { continue }
      return Anomaly(
        "deposed-leader-acted", operations: [latest.id, action.id],
        text: "client \(action.leader) acted as the leader of epoch \(action.epoch) after client "
          + "\(latest.leader) had acted as that of epoch \(latest.epoch)",
        about: [Subject("epoch", action.epoch), Subject("epoch", latest.epoch)])
    }
    return nil
  }

  /// The first time, from an instant on, at which nobody led for longer than a bound.
  func vacancy(from start: Instant, until end: Instant, longest: Nanoseconds) -> Anomaly? {
    var last = start
    for action in actions.sorted(by: { $0.ended < $1.ended }) {
      guard let time = action.time, time >= start else { continue }
      if time - last > longest { return vacancy(last, time, longest) }
      last = time
    }
    return end - last > longest ? vacancy(last, end, longest) : nil
  }

  private func vacancy(_ start: Instant, _ end: Instant, _ longest: Nanoseconds) -> Anomaly {
    Anomaly(
      "office-empty-for-too-long", operations: [],
      text: "no leader acted between \(start) and \(end), although nothing was broken; "
        + "\(longest.count / 1_000_000) ms should be enough")
  }
}
