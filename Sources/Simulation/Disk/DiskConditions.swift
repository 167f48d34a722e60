/// What active faults make of a node's disk besides damage to its bytes.
struct DiskConditions: Sendable {
  /// By what factors syncs take longer.
  private var factors: [Int64] = []
  /// How many faults keep syncs from ending.
  private var stalls = 0
  /// How many faults make power losses tear a sector.
  private var tears = 0
  /// The end of a sync that waits for the disk to go on, as a slot of the planned events.
  var waitingSync: Int?
  /// Whether the node refused its damaged journal, after which it never starts again.
  var hasRefused = false

  /// How many times as long a sync takes.
  var slowness: Int64 { factors.max() ?? 1 }
  /// Whether no sync ends.
  var isStalled: Bool { stalls > 0 }
  /// Whether a power loss tears a sector.
  var isTearing: Bool { tears > 0 }

  /// Begins a disturbance that adds up with others.
  mutating func begin(_ disturbance: DiskDisturbance) {
    switch disturbance {
    case .slow(let factor): factors.append(factor)
    case .stalled: stalls += 1
    case .torn: tears += 1
    case .full, .syncError, .misdirected, .rot, .unreadable: break
    }
  }

  /// Takes one back.
  mutating func end(_ disturbance: DiskDisturbance) {
    switch disturbance {
    case .slow(let factor):
      if let place = factors.firstIndex(of: factor) { factors.remove(at: place) }
    case .stalled: stalls = max(0, stalls - 1)
    case .torn: tears = max(0, tears - 1)
    case .full, .syncError, .misdirected, .rot, .unreadable: break
    }
  }

  /// Takes all of them back; what waits goes on waiting.
  mutating func heal() {
    factors = []
    (stalls, tears) = (0, 0)
  }
}
