import Determinism
import Exploration
import Histories
import ProtocolKit
import Simulation

/// The events that a violation goes back to, as far as a story has room for them.
///
/// The past of an event is what happened before it (Lamport 1978): what sent the message or set the
/// timer, and what its node did earlier, of which only *notable* events count: those that the
/// protocol tells about, the operations that matter, and faults at the node. Followed to its end it
/// reaches the beginning of the world, so the nearest events are taken first: a message is a short
/// step back, and so is an event of the same node that speaks of the same things; a fault or a
/// change of role there is farther away, and anything else is far.
struct CausalSlice {
  /// How far back an event lies from another, in steps.
  private enum Step {
    static let same = 0
    static let message = 1
    static let topic = 1
    static let turn = 2
    static let order = 5
    static let timer = 5
    /// The farthest that a story looks back.
    static let most = 5

    static func length(of relation: NotableEvents.Predecessor.Relation) -> Int {
      switch relation {
      case .topic: topic
      case .turn: turn
      case .order: order
      }
    }
  }

  /// The places of the events in the record, in the order in which they happened.
  private(set) var places: [Int] = []
  /// Whether the past goes on behind these.
  private(set) var isCut = false
  /// Which events are notable.
  let notable: NotableEvents
  /// Where the search began.
  let roots: [Int]

  private let events: ChunkedLog<TraceEvent>
  /// What lies before this place is out of sight.
  private let horizon: Int

  /// Finds the nearest causes of what a run's evidence points at, at most `limit` of them.
  init(of record: RunRecord, limit: Int = 18) {
    events = record.recorder.events
    notable = NotableEvents(record)
    roots = StoryRoots(record, notable).places
    // A story about clients begins when the first of their operations that matter does.
    horizon = record.evidence?.essential == nil ? 0 : roots.first ?? 0
    collect(limit)
  }

  /// Takes the nearest events first (Dijkstra 1959), the later one of two that are equally near.
  private mutating func collect(_ limit: Int) {
    var distances = [Int?](repeating: nil, count: events.count)
    var isTaken = [Bool](repeating: false, count: events.count)
    var open = roots
    for root in roots { distances[root] = 0 }
    var room = max(limit, roots.count)
    while let next = open.indices.min(by: { isNearer(open[$0], open[$1], distances) }) {
      let place = open.remove(at: next)
      guard !isTaken[place], let distance = distances[place] else { continue }
      guard room > 0, distance <= Step.most else {
        isCut = true
        break
      }
      isTaken[place] = true
      if isVisible(place) { room -= 1 }
      for (earlier, step) in predecessors(of: place)
      where distance + step < distances[earlier] ?? .max && earlier >= horizon {
        distances[earlier] = distance + step
        open.append(earlier)
      }
    }
    places = isTaken.indices.filter { isTaken[$0] && isVisible($0) }
  }

  private func isNearer(_ left: Int, _ right: Int, _ distances: [Int?]) -> Bool {
    (distances[left] ?? 0, -left) < (distances[right] ?? 0, -right)
  }

  /// Syncs and clock adjustments are only links in the chain, unless something follows from them.
  private func isVisible(_ place: Int) -> Bool {
    switch events[place].kind {
    case .journalSynced, .clockSync, .start: notable.isNotable(place)
    default: true
    }
  }

  private func predecessors(of place: Int) -> [(place: Int, step: Int)] {
    // What made a client ask is of no interest here.
    guard !notable.isInvocation(place) else { return [] }
    let event = events[place]
    var found = notable.predecessors(of: place).map { ($0.place, Step.length(of: $0.relation)) }
    if event.cause != .genesis, event.kind != .heal {
      let step =
        switch event.kind {
        case .deliver: Step.message
        case .journalSynced, .faultEnds, .pauseEnds, .aimedCrash, .aimedRestart: Step.same
        default: Step.timer
        }
      found.append((event.cause.place, step))
    }
    return found
  }
}

extension EventID {
  /// The place of the event in a record of all events.
  var place: Int { Int(number) - 1 }
}
