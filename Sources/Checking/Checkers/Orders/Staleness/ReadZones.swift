/// When the values of one register were in use, and by how much reads came too late.
///
/// The zone of a value goes from the first end to the last start of the operations that wrote or
/// read it. Two values contradict each other when one was in use before the other (it was first
/// done with before the other was last begun with) and after it; without such a pair the register
/// is atomic (Gibbons and Korach, SIAM J. Comput. 1997). Starting every read earlier by a span Δ
/// moves last starts, but never past the start of the write (Golab, Li and Shah, PODC 2011).
struct ReadZones {
  /// The zone of a value, in points of time or of the order of events.
  struct Zone {
    /// The earliest end of an operation of the value, and that operation unless it is initial.
    var firstEnd = Int64.max
    var firstDone: Int?
    /// The start of its write, and that write unless the value is initial.
    var writeStart = Int64.min
    var write: Int?
    /// The latest start of a read of it, and that read if there is one.
    var readStart = Int64.min
    var read: Int?

    /// Adds the start of the write.
    mutating func begin(_ write: Int, start: Int64) {
      (self.write, writeStart) = (write, start)
    }

    /// Adds the end of the write, or of a read.
    mutating func end(_ operation: Int, end: Int64?) {
      if let end, end < firstEnd { (firstDone, firstEnd) = (operation, end) }
    }

    /// Adds a read.
    mutating func read(_ read: Int, start: Int64, end: Int64?) {
      if self.read == nil || start > readStart { (self.read, readStart) = (read, start) }
      self.end(read, end: end)
    }

    /// The last start when every read starts earlier by a span.
    fileprivate func lastStart(_ span: Int64) -> Int64 {
      read == nil ? writeStart : max(writeStart, readStart - span)
    }

    /// The operation that starts last when every read starts earlier by a span.
    func lastBegun(_ span: Int64) -> Int? {
      read != nil && readStart - span > writeStart ? read : write
    }
  }

  private let zones: [Zone]

  /// Creates the zones of one register; every one of them has been written before it was read.
  init(_ zones: [Zone]) {
    self.zones = zones.sorted { ($0.firstEnd, $0.write ?? -1) < ($1.firstEnd, $1.write ?? -1) }
  }

  /// Two values that contradict each other although reads start earlier by a span; linear.
  ///
  /// While no two zones contradict each other, at most one of those with an earlier first end
  /// reaches beyond the next first end: the one with the last start.
  func contradiction(_ span: Int64) -> (Zone, Zone)? {
    guard var cover = zones.first else { return nil }
    for zone in zones.dropFirst() {
      let start = zone.lastStart(span)
      if zone.firstEnd < cover.lastStart(span) && cover.firstEnd < start { return (cover, zone) }
      if start > cover.lastStart(span) { cover = zone }
    }
    return nil
  }

  /// The smallest span of at least `least` without contradictions, looking below `most`.
  func smallestSpan(from least: Int64, to most: Int64) -> Int64 {
    var low = least
    var high = most
    while low < high {
      let middle = low + (high - low) / 2
      if contradiction(middle) == nil { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
