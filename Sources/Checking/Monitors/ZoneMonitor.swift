/// Judges a register whose values are written once, by their zones (Gibbons and Korach 1997).
///
/// The zone of a value lies between the first completion and the last invocation of its write and
/// its reads. If the completion comes first, the register holds the value all that time: a forward
/// zone. Otherwise all of them overlap, and any moment in between will do: a backward zone. A history
/// is linearizable if no two forward zones overlap and no backward zone lies within a forward zone.
///
/// A write that no completed read saw has a zone of its own, or none if it is indeterminate. Cost: O(n).
struct ZoneMonitor {
  private struct Zone {
    /// The step that writes the value, or nil for the initial value.
    var write: Int?
    /// The step that completes first, and when.
    var firstToEnd: Int?
    var firstEnd = Int.max
    /// The step that is invoked last, and when.
    var lastToStart: Int?
    var lastStart = -1

    var isForward: Bool { firstEnd < lastStart }

    mutating func include(_ number: Int, step: Step) {
      if step.isCompleted && step.end < firstEnd {
        firstEnd = Int(step.end)
        firstToEnd = number
      }
      if step.start > lastStart {
        lastStart = Int(step.start)
        lastToStart = number
      }
    }
  }

  private let timeline: Timeline
  private var zones: ContiguousArray<Zone> = []
  /// The zone of each step, or -1 for one that belongs to none.
  private var zoneOfStep: ContiguousArray<Int32>

  /// Finds an order in which the steps of a register can take effect.
  static func order(of timeline: Timeline) throws(Obstacle) -> ContiguousArray<Int> {
    var isRead = ContiguousArray(repeating: false, count: timeline.values.elements.count)
    for step in timeline.steps where step.isCompletedRead { isRead[Int(step.value)] = true }
    // Values that nobody read need not be distinct.
    return try timeline.withoutSpareAdditions(of: { isRead[$0] }) { (timeline) throws(Obstacle) in
      let monitor = try ZoneMonitor(timeline, isRead: isRead)
      return monitor.insertIdleSteps(into: monitor.steps(inOrderOf: try monitor.sequence()))
    }
  }

  /// Finds the zones; the initial value, number zero, is written before everything.
  private init(_ timeline: Timeline, isRead: ContiguousArray<Bool>) throws(Obstacle) {
    self.timeline = timeline
    zoneOfStep = ContiguousArray(repeating: -1, count: timeline.steps.count)
    var zoneOfValue = ContiguousArray<Int32>(repeating: -1, count: isRead.count)
    if isRead[0] {
      zoneOfValue[0] = 0
      zones.append(Zone(firstEnd: -1))
    }
    for (number, step) in timeline.steps.enumerated() where step.kind == .add {
      let value = Int(step.value)
      guard isRead[value] || step.isCompleted else { continue }
      guard zoneOfValue[value] < 0 else {
        throw .notApplicable("\(timeline.name(ofValueAt: number)) is written more than once")
      }
      if isRead[value] { zoneOfValue[value] = Int32(zones.count) }
      zoneOfStep[number] = Int32(zones.count)
      zones.append(Zone(write: number))
      zones[zones.count - 1].include(number, step: step)
    }
    for (number, step) in timeline.steps.enumerated() where step.isCompletedRead {
      let zone = zoneOfValue[Int(step.value)]
      guard zone >= 0 else {
        let value = timeline.name(ofValueAt: number)
        throw .conflict([number], reason: "\(value) was read, but nobody wrote it")
      }
      zoneOfStep[number] = zone
      zones[Int(zone)].include(number, step: step)
    }
  }

  /// The zones in an order in which the register can hold their values.
  private func sequence() throws(Obstacle) -> ContiguousArray<Int> {
    var sequence: ContiguousArray<Int> = []
    sequence.reserveCapacity(zones.count)
    /// The forward zone that the sweep is in, and the backward zones that have to wait for its end.
    var current: Int?
    var waiting: ContiguousArray<Int> = []
    let zoneAt = try zonesByEvent()
    if let first = zones.first, first.write == nil {
      sequence.append(0)
      current = 0
    }
    for event in 0..<timeline.eventCount {
      if let zone = current, event > zones[zone].lastStart {
        sequence += waiting
        waiting.removeAll(keepingCapacity: true)
        current = nil
      }
      let zone = Int(zoneAt[event])
      guard zone >= 0 else { continue }
      guard let forward = current else {
        sequence.append(zone)
        if zones[zone].isForward { current = zone }
        continue
      }
      if zones[zone].isForward || zones[zone].firstEnd < zones[forward].lastStart {
        throw clash(zone, with: forward)
      }
      waiting.append(zone)
    }
    return sequence + waiting
  }

  /// The zone that begins with an event, or -1.
  private func zonesByEvent() throws(Obstacle) -> ContiguousArray<Int32> {
    var zoneAt = ContiguousArray<Int32>(repeating: -1, count: timeline.eventCount)
    for (number, zone) in zones.enumerated() {
      if let write = zone.write, zone.firstEnd < timeline.steps[write].start {
        let value = timeline.name(ofValueAt: write)
        throw .conflict(
          [zone.firstToEnd, write].compactMap(\.self),
          reason: "\(value) was read before it was written")
      }
      let event = min(zone.firstEnd, zone.lastStart)
      if event >= 0 { zoneAt[event] = Int32(number) }
    }
    return zoneAt
  }

  private func clash(_ zone: Int, with forward: Int) -> Obstacle {
    let pair = [zones[forward], zones[zone]]
    let steps = pair.flatMap { [$0.write, $0.firstToEnd, $0.lastToStart].compactMap(\.self) }
    let names = pair.map { $0.lastToStart.map { timeline.name(ofValueAt: $0) } ?? "" }
    return .conflict(
      steps,
      reason: zones[zone].isForward
        ? "the register would have to hold \(names[0]) and \(names[1]) at the same time"
        : "\(names[1]) would have to be in the register while it has to hold \(names[0])")
  }

  /// The steps of all zones, each write before its reads, which come in order of invocation.
  private func steps(inOrderOf sequence: ContiguousArray<Int>) -> ContiguousArray<Int> {
    var next = ContiguousArray<Int>(repeating: 0, count: zones.count)
    for zone in zoneOfStep where zone >= 0 { next[Int(zone)] += 1 }
    var total = 0
    for zone in sequence { (next[zone], total) = (total, total + next[zone]) }
    var order = ContiguousArray<Int>(repeating: 0, count: total)
    for (zone, write) in zones.map(\.write).enumerated() {
      guard let write else { continue }
      order[next[zone]] = write
      next[zone] += 1
    }
    for (number, step) in timeline.steps.enumerated() where step.isCompletedRead {
      let zone = Int(zoneOfStep[number])
      order[next[zone]] = number
      next[zone] += 1
    }
    return order
  }

  /// Adds the reads with unknown results, each before the first step that forces time beyond it.
  private func insertIdleSteps(into order: ContiguousArray<Int>) -> ContiguousArray<Int> {
    let idle = timeline.steps.indices.filter {
      timeline.steps[$0].kind == .idle && timeline.steps[$0].isCompleted
    }
    guard !idle.isEmpty else { return order }
    var complete: ContiguousArray<Int> = []
    var rest = idle[...]
    for number in order {
      while let first = rest.first, first < number {
        complete.append(first)
        rest.removeFirst()
      }
      complete.append(number)
    }
    return complete + rest
  }
}

extension Step {
  fileprivate var isCompletedRead: Bool { kind == .find && isCompleted }
}
