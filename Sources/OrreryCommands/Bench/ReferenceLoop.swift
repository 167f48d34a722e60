import Determinism

/// The bare event loop that the real one is measured against: what the hardware allows.
///
/// Five nodes send each other twenty messages with 1 % loss and drawn delays, on a four-ary heap
/// of 16-byte keys, a slab and a running digest, with no type, fault, cause or clock in sight.
/// Ratios to it are comparable across machines, events per second are not.
struct ReferenceLoop {
  private struct Event {
    var count: UInt64
    var kind: UInt8
    var to: UInt8
    var from: UInt8
  }

  private struct Key {
    var time: UInt64
    var sequence: UInt32
    var slot: UInt32

    @inline(__always)
    func isBefore(_ other: Key) -> Bool {
      time != other.time ? time < other.time : sequence < other.sequence
    }
  }

  private let seed: UInt64
  private var now: UInt64 = 0
  private var digest: UInt64 = 0xcbf2_9ce4_8422_2325
  private var ordinals = [UInt64](repeating: 0, count: 64)
  private var heap: [Key] = []
  private var events: [Event] = []
  private var free: [UInt32] = []
  private var sequence: UInt32 = 0

  init(seed: UInt64) {
    self.seed = seed
    for node in UInt8(0)..<5 {
      push(at: 10_000, Event(count: 0, kind: 2, to: node, from: 0))
      for peer in UInt8(0)..<5 where peer != node { send(from: node, to: peer, kind: 0, count: 0) }
    }
  }

  /// Runs a number of events and returns the digest, so that nothing can be optimised away.
  mutating func run(events count: Int) -> UInt64 {
    for _ in 0..<count where !heap.isEmpty { step() }
    return digest
  }

  @inline(__always)
  private mutating func step() {
    let key = pop()
    let event = events[Int(key.slot)]
    free.append(key.slot)
    now = key.time
    digest = Self.mix(
      digest ^ now ^ UInt64(event.kind) << 56 ^ UInt64(event.to) << 48 ^ event.count)
    switch event.kind {
    case 0: send(from: event.to, to: event.from, kind: 1, count: event.count)
    case 1: send(from: event.to, to: event.from, kind: 0, count: event.count + 1)
    default:
      push(at: now + 10_000, event)
      if event.to == 0 { send(from: 0, to: 1, kind: 0, count: 0) }
    }
  }

  @inline(__always)
  private static func mix(_ word: UInt64) -> UInt64 {
    var x = word ^ word >> 32
    x = x &* 0xd6e8_feb8_6659_fd93
    x = (x ^ x >> 32) &* 0xd6e8_feb8_6659_fd93
    return x ^ x >> 32
  }

  @inline(__always)
  private mutating func send(from: UInt8, to: UInt8, kind: UInt8, count: UInt64) {
    let link = Int(from) * 8 + Int(to)
    ordinals[link] += 1
    let place = UInt64(from) << 56 ^ UInt64(to) << 48 ^ ordinals[link]
    let loss = Self.mix(seed ^ Self.mix(place ^ 1 << 40))
    guard loss.multipliedFullWidth(by: 1000).high >= 10 else { return }
    let delay = Self.mix(seed ^ Self.mix(place ^ 2 << 40)).multipliedFullWidth(by: 1000).high
    push(at: now + 500 + delay, Event(count: count, kind: kind, to: to, from: from))
  }

  @inline(__always)
  private mutating func push(at time: UInt64, _ event: Event) {
    var slot = UInt32(truncatingIfNeeded: events.count)
    if let freed = free.popLast() {
      slot = freed
      events[Int(slot)] = event
    } else {
      events.append(event)
    }
    sequence &+= 1
    let key = Key(time: time, sequence: sequence, slot: slot)
    heap.append(key)
    heap.withUnsafeMutableBufferPointer { heap in
      var hole = heap.count - 1
      while hole > 0, key.isBefore(heap[(hole - 1) >> 2]) {
        heap[hole] = heap[(hole - 1) >> 2]
        hole = (hole - 1) >> 2
      }
      heap[hole] = key
    }
  }

  @inline(__always)
  private mutating func pop() -> Key {
    let first = heap[0]
    let last = heap.removeLast()
    guard !heap.isEmpty else { return first }
    heap.withUnsafeMutableBufferPointer { heap in
      var hole = 0
      while 4 * hole + 1 < heap.count {
        var smallest = 4 * hole + 1
        let end = min(4 * hole + 5, heap.count)
        var child = smallest + 1
        while child < end {
          if heap[child].isBefore(heap[smallest]) { smallest = child }
          child += 1
        }
        guard heap[smallest].isBefore(last) else { break }
        heap[hole] = heap[smallest]
        hole = smallest
      }
      heap[hole] = last
    }
    return first
  }
}
