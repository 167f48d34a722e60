/// Judges a lock whose clients take turns between `acquire` and `release`, by critical sections.
///
/// A client certainly holds the lock from the completion of its acquisition to the invocation of its
/// release. A history is linearizable if these sections are disjoint. That holds even for a lock
/// that anyone may release: if two sections overlap, there are two acquisitions ahead of both
/// releases, and every other release needs an acquisition of its own before it. Cost: O(n).
struct LockMonitor {
  private struct Section {
    let acquire: Int
    var release: Int?
    let start: Int
    var end: Int

    var steps: [Int] { [acquire] + [release].compactMap(\.self) }
  }

  private let timeline: Timeline
  private var sections: ContiguousArray<Section> = []

  /// Finds an order in which the steps of a lock can take effect; their values are the clients.
  static func order(of timeline: Timeline) throws(Obstacle) -> ContiguousArray<Int> {
    var monitor = LockMonitor(timeline: timeline)
    try monitor.findSections()
    return try monitor.order()
  }

  private init(timeline: Timeline) {
    self.timeline = timeline
  }

  private mutating func findSections() throws(Obstacle) {
    /// The latest step of each client, and its section as long as that is open.
    var latest = ContiguousArray<Int?>(repeating: nil, count: timeline.values.elements.count)
    var open = latest
    for (number, step) in timeline.steps.enumerated() {
      let client = Int(step.value)
      let isNext = latest[client].map { timeline.steps[$0].end < step.start } ?? true
      guard isNext, (step.kind == .remove) == (open[client] != nil) else {
        throw .notApplicable("a client does not take turns between acquire and release")
      }
      latest[client] = number
      if let section = open[client] {
        sections[section].release = number
        sections[section].end = Int(step.start)
        open[client] = nil
      } else if step.isCompleted {
        open[client] = sections.count
        sections.append(Section(acquire: number, start: Int(step.end), end: timeline.eventCount))
      }
    }
  }

  private func order() throws(Obstacle) -> ContiguousArray<Int> {
    let sorted = countingSort(sections.indices, bound: timeline.eventCount) { sections[$0].start }
    var order: ContiguousArray<Int> = []
    for (place, section) in sorted.enumerated() {
      if place > 0, sections[sorted[place - 1]].end > sections[section].start {
        throw overlap(sections[sorted[place - 1]], and: sections[section])
      }
      order += sections[section].steps
    }
    return order
  }

  private func overlap(_ left: Section, and right: Section) -> Obstacle {
    let clients = [left, right].map { timeline.name(ofValueAt: $0.acquire) }
    return .conflict(
      left.steps + right.steps,
      reason: "processes \(clients[0]) and \(clients[1]) certainly held the lock at the same time")
  }
}
