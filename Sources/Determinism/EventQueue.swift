/// The events to come, ordered by instant and then by a keyed tie-break.
///
/// A four-ary heap of 16-byte keys; events themselves stay in a `Slab` and are named by slot.
/// Push and pop are O(log n). The order is total: instant, tie-break, slot.
public struct EventQueue: Sendable {
  /// The instant in the upper half; below it 40 bits of tie-break and 24 bits of slot.
  private var heap: ContiguousArray<UInt128> = []

  /// Creates an empty queue.
  public init() {}

  /// The number of events to come.
  public var count: Int { heap.count }

  /// Whether nothing is to come.
  public var isEmpty: Bool { heap.isEmpty }

  /// The instant of the next event, or nil when nothing is to come.
  public var nextInstant: Instant? {
    heap.isEmpty ? nil : Instant(nanosecondsSinceStart: UInt64(truncatingIfNeeded: heap[0] >> 64))
  }

  /// Adds the event in a slot below 2²⁴; of the tie-break the lower 40 bits count.
  @inline(__always)
  public mutating func push(at instant: Instant, tie: UInt64, slot: Int) {
    precondition(slot < 1 << 24, "more than 16 million events in flight")
    let order = tie << 24 | UInt64(truncatingIfNeeded: slot)
    let key = UInt128(instant.nanosecondsSinceStart) << 64 | UInt128(order)
    heap.append(key)
    heap.withUnsafeMutableBufferPointer { siftUp(key, in: $0) }
  }

  /// Removes the next event, and returns when it happens and where it is stored.
  @inline(__always)
  public mutating func popFirst() -> (instant: Instant, slot: Int)? {
    guard let last = heap.popLast() else { return nil }
    var first = last
    if !heap.isEmpty {
      first = heap[0]
      heap.withUnsafeMutableBufferPointer { siftDown(last, in: $0) }
    }
    let instant = Instant(nanosecondsSinceStart: UInt64(truncatingIfNeeded: first >> 64))
    return (instant, Int(truncatingIfNeeded: first & 0xFF_FFFF))
  }
}

@inline(__always)
private func siftUp(_ key: UInt128, in heap: UnsafeMutableBufferPointer<UInt128>) {
  var hole = heap.count - 1
  while hole > 0 {
    let parent = (hole - 1) >> 2
    guard key < heap[parent] else { break }
    heap[hole] = heap[parent]
    hole = parent
  }
  heap[hole] = key
}

@inline(__always)
private func siftDown(_ key: UInt128, in heap: UnsafeMutableBufferPointer<UInt128>) {
  var hole = 0
  while true {
    let first = 4 * hole + 1
    guard first < heap.count else { break }
    var smallest = first
    for child in first + 1..<max(first + 1, min(first + 4, heap.count))
    where heap[child] < heap[smallest] {
      smallest = child
    }
    guard heap[smallest] < key else { break }
    heap[hole] = heap[smallest]
    hole = smallest
  }
  heap[hole] = key
}
