import Determinism
import Exploration
import Histories
import ProtocolKit
import Simulation

/// The events at which a story begins to look back.
struct StoryRoots {
  /// Their places in the record, in ascending order.
  private(set) var places: [Int] = []

  /// The most nodes that take part although the violation does not name them.
  private static let mostUnnamed = 2

  init(_ record: RunRecord, _ notable: NotableEvents) {
    let events = record.recorder.events
    guard let evidence = record.evidence, !events.isEmpty else { return }
    let cluster = record.world.cluster
    if let essential = evidence.essential {
      places = events.indices.filter { events[$0].isAbout(essential.operations) }
      if let end = evidence.instant {
        // What comes after the impossible answer led to nothing.
        places.removeAll { events[$0].instant > end }
      } else {
        places += cluster.servers.compactMap(notable.last).filter { !places.contains($0) }
      }
    } else if evidence.instant != nil {
      let last = events.count - 1
      let others = (cluster.servers + cluster.clients).filter { $0 != events[last].node }
      let named = others.filter { evidence.detail.subjects.contains($0.subject) }
      // Where nobody is named, whoever spoke of the matter last takes part.
      places =
        named.isEmpty
        ? others.compactMap(notable.lastOnTopic).sorted().suffix(Self.mostUnnamed)
        : named.compactMap(notable.last)
      places.append(last)
    } else {
      places = cluster.servers.compactMap(notable.last)
    }
    places.sort()
  }
}

extension TraceEvent {
  /// Whether one of the operations begins or ends here.
  func isAbout(_ operations: [OperationID]) -> Bool {
    details.contains { detail in
      switch detail {
      case .asks(let operation, _), .learns(let operation, _, _): operations.contains(operation)
      default: false
      }
    }
  }
}

extension EventKind {
  /// Whether it happens to the world and not to a node.
  var isOfWorld: Bool {
    switch self {
    case .faultBegins, .faultEnds, .heal: true
    case .start, .deliver, .timer, .journalSynced, .journalFailed, .pauseEnds, .clockSync,
      .aimedCrash, .aimedRestart:
      false
    }
  }
}
