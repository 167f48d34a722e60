import Determinism
import Exploration
import ProtocolKit
import Simulation

/// The events as rows of a space-time diagram.
extension StoryTeller {
  /// The most messages lost that a diagram shows one by one.
  private static let mostLosses = 8

  var diagram: Diagram {
    let rows = withGaps(eventRows + lossRows + faultRows)
    return Diagram(
      lanes: lanes.map(\.description), rows: rows, spans: spans,
      borders: faults.named.compactMap(border),
      omitted_lanes: omittedNodes.map(\.description))
  }

  private var lanes: [NodeID] {
    let clients = nodes.filter { record.world.cluster.clients.contains($0) }
    let servers = nodes.filter { record.world.cluster.servers.contains($0) }
    let arrows = (eventRows + lossRows).compactMap { row -> (Int, Int)? in
      guard let from = nodes.first(where: { $0.description == row.from }),
        let to = nodes.first(where: { $0.description == row.node })
      else { return nil }
      return (from.denseIndex, to.denseIndex)
    }
    let order = LaneOrder(
      servers: servers.map(\.denseIndex).sorted(), clients: clients.map(\.denseIndex).sorted(),
      arrows: arrows)
    return order.best.map { NodeID($0) }
  }

  private var eventRows: [Diagram.Row] {
    slice.places.map { events[$0] }.filter { !$0.kind.isOfWorld && isDrawn($0.node, $0.sender) }
      .map(row)
  }

  private func isDrawn(_ node: NodeID, _ sender: NodeID?) -> Bool {
    nodes.contains(node) && sender.map(nodes.contains) ?? true
  }

  private func row(_ event: TraceEvent) -> Diagram.Row {
    var row = Diagram.Row(kind: .step, ns: event.instant.nanosecondsSinceStart)
    row.node = event.node.description
    row.event = event.id.number
    row.changes_role = event.details.contains(where: \.isAboutRole)
    row.note = notes(of: event).map { StoryWords.note($0, at: event.node) }.joined(separator: "; ")
    switch event.content {
    case .message(let message, let sender):
      row.kind = .message
      row.from = sender.description
      row.label = message + delay(of: event)
    case .timer(let name):
      row.kind = slice.notable.isInvocation(event.id.place) ? .ask : .timer
      if row.note.isEmpty { row.label = "\(name) timer" }
    case .other(let text): if row.note.isEmpty { row.label = text }
    case .fault: break
    }
    row.is_violation =
      record.evidence?.instant != nil && slice.places.last.map { events[$0].id } == event.id
    return row
  }

  private var lossRows: [Diagram.Row] {
    losses.filter { isDrawn($0.to, $0.from) }.prefix(Self.mostLosses).map { loss in
      var row = Diagram.Row(kind: .lost, ns: loss.at.nanosecondsSinceStart)
      row.node = loss.to.description
      row.from = loss.from.description
      row.label = loss.message
      row.note = reason(of: loss)
      row.event = loss.sentBy.number
      return row
    }
  }

  private var faultRows: [Diagram.Row] {
    guard let first = slice.places.first, let last = slice.places.last else { return [] }
    let span = events[first].instant...events[last].instant
    let begins = faults.named.map { ($0, $0.begins, "begins") }
    let ends = faults.named.filter { span.contains($0.ends) }.map { ($0, $0.ends, "ends") }
    return (begins + ends).map { member, instant, word in
      var row = Diagram.Row(kind: .fault, ns: instant.nanosecondsSinceStart)
      row.node = member.fault.victims.first { nodes.contains($0) }?.description
      row.label = member.name
      row.note = word
      return row
    }.reduce(into: []) { rows, row in
      // What ends together, as all faults do when the world heals, is one row.
      guard let last = rows.last, row.note == "ends", row.ns == last.ns, last.note.hasPrefix("end")
      else { return rows.append(row) }
      rows[rows.count - 1].label += ", \(row.label)"
      rows[rows.count - 1].note = "end"
      rows[rows.count - 1].node = nil
    }
  }

  /// Puts rows in order and a fold wherever nothing that matters happens for a while.
  private func withGaps(_ unordered: [Diagram.Row]) -> [Diagram.Row] {
    let rows = unordered.enumerated().sorted {
      ($0.element.ns, $0.element.event ?? 0, $0.offset)
        < ($1.element.ns, $1.element.event ?? 0, $1.offset)
    }.map(\.element)
    guard let first = rows.first, let last = rows.last else { return [] }
    let least = max((last.ns - first.ns) / 12, 1_000_000)
    var result = [first]
    for (earlier, later) in zip(rows, rows.dropFirst()) {
      if later.ns - earlier.ns >= least { result.append(gap(from: earlier.ns, to: later.ns)) }
      result.append(later)
    }
    return result
  }

  private func gap(from begin: UInt64, to end: UInt64) -> Diagram.Row {
    var row = Diagram.Row(kind: .gap, ns: end - begin)
    let hidden = events.filter {
      begin < $0.instant.nanosecondsSinceStart && $0.instant.nanosecondsSinceStart < end
    }
    let lost = hidden.reduce(0) { $0 + $1.details.count(where: \.isLoss) }
    row.label = StoryWords.count(hidden.count, "event")
    if lost > 0 { row.label += ", \(lost) lost" }
    return row
  }

  private var spans: [Diagram.Span] { faultSpans + aimedSpans }

  /// When nodes stood still or were down because something was aimed at them.
  private var aimedSpans: [Diagram.Span] {
    aimedPauses + aimedCrashes
  }

  private var aimedCrashes: [Diagram.Span] {
    events.enumerated().compactMap { place, event in
      guard event.kind == .aimedCrash, nodes.contains(event.node) else { return nil }
      let end = events.dropFirst(place).first {
        $0.kind == .aimedRestart && $0.node == event.node || $0.kind == .heal
      }
      return Diagram.Span(
        node: event.node.description, begins_ns: event.instant.nanosecondsSinceStart,
        ends_ns: (end?.instant ?? record.world.endsAt).nanosecondsSinceStart, is_down: true)
    }
  }

  private var aimedPauses: [Diagram.Span] {
    events.enumerated().flatMap { place, event in
      event.details.compactMap { detail in
        guard case .stops(let node, _) = detail, nodes.contains(node) else { return nil }
        let end = events.dropFirst(place).first {
          $0.kind == .pauseEnds && $0.node == node || $0.kind == .heal
        }
        return Diagram.Span(
          node: node.description, begins_ns: event.instant.nanosecondsSinceStart,
          ends_ns: (end?.instant ?? record.world.endsAt).nanosecondsSinceStart, is_down: false)
      }
    }
  }

  private var faultSpans: [Diagram.Span] {
    faults.members.flatMap { member in
      member.fault.victims.filter(nodes.contains).compactMap { node in
        guard member.fault.isDowntime || member.fault.isPause else { return nil }
        return Diagram.Span(
          node: node.description, begins_ns: member.begins.nanosecondsSinceStart,
          ends_ns: member.ends.nanosecondsSinceStart, is_down: member.fault.isDowntime)
      }
    }
  }

  private func border(_ member: StoryFaults.Member) -> Diagram.Border? {
    let pairs = member.obstructedPairs(among: nodes)
    guard !pairs.isEmpty else { return nil }
    return Diagram.Border(
      fault: member.name, pairs: pairs.map { [$0.from.description, $0.to.description] })
  }
}

extension TraceNote {
  /// Whether a message is lost.
  var isLoss: Bool {
    switch self {
    case .lost, .isLost: true
    default: false
    }
  }
}
