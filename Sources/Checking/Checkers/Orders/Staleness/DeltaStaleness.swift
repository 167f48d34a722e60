import Determinism
import Histories

/// How much earlier the reads of each register would have to start for it to be atomic.
///
/// Spans are measured in nanoseconds when every event has a time and times never go back, else in
/// events. Operations that touch at an instant are then concurrent; only a span of zero goes by the
/// order of events.
struct DeltaStaleness {
  /// What one register needs, and two values that contradict each other with a little less.
  struct Need {
    let span: Int64
    let first: ReadZones.Zone
    let second: ReadZones.Zone
  }

  /// The first or the last point of an operation, or nil when it has none.
  private typealias Point = (Operation) -> Int64?

  /// Whether spans are measured in time.
  let hasTimes: Bool
  /// The zones of each register, by the order of events and by what spans are measured in.
  private let byEvents: [ReadZones]
  private let byUnits: [ReadZones]
  /// No span longer than this is ever needed.
  private let longestSpan: Int64

  init(_ registers: RegisterHistory) {
    hasTimes = Self.hasTimes(registers.operations)
    byEvents = Self.zones(
      registers, start: { Int64($0.invokedAt) }, end: { $0.completedAt.map { Int64($0) } })
    guard hasTimes else {
      byUnits = byEvents
      longestSpan = 2 * Int64(registers.operations.count)
      return
    }
    let time = { (instant: Instant?) in instant.map { Int64(clamping: $0.nanosecondsSinceStart) } }
    byUnits = Self.zones(
      registers, start: { time($0.invocationTime) }, end: { time($0.completionTime) })
    longestSpan = registers.operations.last.flatMap { time($0.invocationTime) } ?? 0
  }

  /// What a register needs, or nil when it is atomic as it is.
  func need(ofKey key: Int) -> Need? {
    guard var pair = byEvents[key].contradiction(0) else { return nil }
    let span = byUnits[key].smallestSpan(from: 1, to: max(1, longestSpan))
    if span > 1, let worst = byUnits[key].contradiction(span - 1) { pair = worst }
    return Need(span: span, first: pair.0, second: pair.1)
  }

  private static func hasTimes(_ operations: ChunkedLog<Operation>) -> Bool {
    var times = [Instant?](repeating: nil, count: 2 * operations.count)
    var count = 0
    for operation in operations {
      times[operation.invokedAt] = operation.invocationTime
      count += 1
      guard let completedAt = operation.completedAt else { continue }
      times[completedAt] = operation.completionTime
      count += 1
    }
    var last = Instant.start
    for time in times.prefix(count) {
      guard let time, time >= last else { return false }
      last = time
    }
    return true
  }

  private static func zones(
    _ registers: RegisterHistory, start: Point, end: Point
  ) -> [ReadZones] {
    var zones = [ReadZones.Zone](repeating: ReadZones.Zone(), count: registers.operations.count)
    var initial = registers.keys.map { _ in ReadZones.Zone(firstEnd: .min) }
    var writes = registers.keys.map { _ in [Int]() }
    for access in registers.accesses {
      let operation = registers.operations[access.operation]
      let (from, to) = (start(operation) ?? .min, end(operation))
      switch access.kind {
      case .write:
        writes[access.key].append(access.operation)
        zones[access.operation].begin(access.operation, start: from)
        if operation.completion != .info { zones[access.operation].end(access.operation, end: to) }
      case .read(from: let write?): zones[write].read(access.operation, start: from, end: to)
      case .read(from: nil): initial[access.key].read(access.operation, start: from, end: nil)
      }
    }
    return registers.keys.indices.map { key in
      ReadZones([initial[key]] + writes[key].map { zones[$0] })
    }
  }
}
