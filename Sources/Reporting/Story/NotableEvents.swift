import Determinism
import Exploration
import Histories
import ProtocolKit
import Simulation

/// Which events of a run are worth telling, and what came before an event at the same node.
struct NotableEvents {
  /// An earlier event of the same node, and how it relates to a later one.
  struct Predecessor {
    enum Relation {
      /// It speaks of what the violation speaks of.
      case topic
      /// The node began or ceased to lead, or a fault lies between the two.
      case turn
      /// It is the last notable event before.
      case order
    }

    let place: Int
    let relation: Relation
  }

  /// The last events of a node so far, by their places in the record.
  private struct Bookmarks {
    var notable: (place: Int, isTurn: Bool)?
    var onTopic: Int?
    var turn: Int?

    func predecessors(ofFault isFault: Bool) -> [Predecessor] {
      [
        onTopic.map { Predecessor(place: $0, relation: .topic) },
        turn.map { Predecessor(place: $0, relation: .turn) },
        notable.map {
          Predecessor(place: $0.place, relation: $0.isTurn || isFault ? .turn : .order)
        },
      ].compactMap(\.self)
    }
  }

  /// Whether the protocol tells what it does.
  let isNarrated: Bool
  private let essential: [OperationID]
  private var isNotable: [Bool] = []
  private var isInvocation: [Bool] = []
  private var predecessors: [[Predecessor]] = []
  private var bookmarks: [Bookmarks]
  /// Whether any event speaks of what the violation speaks of.
  private var hasTopic = false

  init(_ record: RunRecord) {
    essential = record.evidence?.essential?.operations ?? []
    bookmarks = Array(repeating: Bookmarks(), count: record.world.cluster.nodeCount)
    let events = record.recorder.events
    let topics = Topics(of: record.evidence)
    isNarrated = events.contains { $0.details.contains(where: \.isTold) }
    for (place, event) in events.enumerated() {
      let nodes = event.nodesHit
      predecessors.append(
        nodes.flatMap { bookmarks[$0.denseIndex].predecessors(ofFault: event.kind.isOfWorld) })
      isInvocation.append(event.details.contains { $0.isAsked(among: essential) })
      isNotable.append(event.details.contains { isNotable($0) })
      guard isNotable[place] || event.kind.isOfWorld else { continue }
      let isOnTopic = event.details.contains(where: topics.occur)
      hasTopic = hasTopic || isOnTopic
      for node in nodes { remember(event, place, isOnTopic, at: node) }
    }
  }

  private func isNotable(_ detail: TraceNote) -> Bool {
    switch detail {
    case .told, .leads, .stops: true
    case .asks(let operation, _), .learns(let operation, _, _): essential.contains(operation)
    // Where the protocol tells nothing, the places that it marks must do.
    case .mark: !isNarrated
    case .lost, .isLost, .other: false
    }
  }

  private mutating func remember(
    _ event: TraceEvent, _ place: Int, _ isOnTopic: Bool, at node: NodeID
  ) {
    let isAboutRole = event.details.contains(where: \.isAboutRole)
    let stops = event.details.contains { if case .stops = $0 { true } else { false } }
    bookmarks[node.denseIndex].notable = (place, isAboutRole || stops || event.kind.isOfWorld)
    if isOnTopic { bookmarks[node.denseIndex].onTopic = place }
    // A rule speaks of its own matter; stories about clients also care who led when.
    if isAboutRole, !essential.isEmpty { bookmarks[node.denseIndex].turn = place }
  }

  func isNotable(_ place: Int) -> Bool { isNotable[place] }

  /// Whether an operation that matters begins here.
  func isInvocation(_ place: Int) -> Bool { isInvocation[place] }

  /// The earlier events of the same node that a story may go back to.
  ///
  /// The one just before is a stopgap: it counts only where nothing speaks of the matter itself.
  func predecessors(of place: Int) -> [Predecessor] {
    predecessors[place].filter { $0.relation != .order || !hasTopic }
  }

  /// The last notable event at a node, preferably one that speaks of what the violation speaks of.
  func last(at node: NodeID) -> Int? {
    lastOnTopic(at: node) ?? bookmarks[node.denseIndex].notable?.place
  }

  /// The last event at a node that speaks of what the violation speaks of.
  func lastOnTopic(at node: NodeID) -> Int? { bookmarks[node.denseIndex].onTopic }
}

extension TraceEvent {
  /// The nodes to which it happens.
  fileprivate var nodesHit: [NodeID] {
    if case .fault(let fault, _, _) = content { return fault.victims }
    return kind.isOfWorld ? [] : [node]
  }
}

extension TraceNote {
  /// Whether a protocol tells it.
  fileprivate var isTold: Bool {
    if case .told = self { true } else { false }
  }

  /// Whether a node begins or ceases to lead.
  var isAboutRole: Bool {
    if case .leads = self { true } else { false }
  }

  /// Whether one of these operations begins.
  fileprivate func isAsked(among operations: [OperationID]) -> Bool {
    if case .asks(let operation, _) = self { operations.contains(operation) } else { false }
  }
}
