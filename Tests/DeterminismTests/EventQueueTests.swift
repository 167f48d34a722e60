import Determinism
import TestKit
import Testing

/// The plain definition of an event queue: look at everything, take the smallest.
private struct PlainQueue {
  private var events: [(instant: Instant, tie: UInt64, slot: Int)] = []

  var count: Int { events.count }

  mutating func push(at instant: Instant, tie: UInt64, slot: Int) {
    events.append((instant, tie & 0xFF_FFFF_FFFF, slot))
  }

  mutating func popFirst() -> (instant: Instant, slot: Int)? {
    guard
      let first = events.indices.min(by: { left, right in
        let (a, b) = (events[left], events[right])
        return (a.instant, a.tie, a.slot) < (b.instant, b.tie, b.slot)
      })
    else { return nil }
    let event = events.remove(at: first)
    return (event.instant, event.slot)
  }
}

struct EventQueueTests {
  /// Pushes and pops at random, most keys equal to some other, and compares every answer.
  private func compare(seed: UInt64, instants: Int, ties: Int, steps: Int) {
    var dice = Dice(seed: seed)
    var queue = EventQueue()
    var plain = PlainQueue()
    for slot in 0..<steps {
      if dice.chance(percent: 60) {
        let instant = Instant(nanosecondsSinceStart: UInt64(dice.below(instants)))
        let tie = UInt64(dice.below(ties)) | dice.next() << 40
        queue.push(at: instant, tie: tie, slot: slot)
        plain.push(at: instant, tie: tie, slot: slot)
      } else {
        let (mine, expected) = (queue.popFirst(), plain.popFirst())
        #expect(mine?.instant == expected?.instant && mine?.slot == expected?.slot, "seed \(seed)")
      }
      #expect(queue.count == plain.count, "seed \(seed)")
    }
    while let expected = plain.popFirst() {
      #expect(queue.nextInstant == expected.instant, "seed \(seed)")
      #expect(queue.popFirst()?.slot == expected.slot, "seed \(seed)")
    }
    #expect(queue.isEmpty && queue.nextInstant == nil && queue.popFirst() == nil, "seed \(seed)")
  }

  @Test(arguments: UInt64(0)..<60)
  func `crowded instants come out as plain search says`(seed: UInt64) {
    compare(seed: seed, instants: 4, ties: 3, steps: 200)
  }

  @Test(arguments: UInt64(100)..<120)
  func `spread instants come out as plain search says`(seed: UInt64) {
    compare(seed: seed, instants: 1_000_000, ties: 1_000, steps: 400)
  }

  @Test func `the last instant and the last slot fit`() {
    var queue = EventQueue()
    queue.push(at: Instant(nanosecondsSinceStart: .max), tie: .max, slot: 1 << 24 - 1)
    queue.push(at: Instant(nanosecondsSinceStart: .max), tie: 0, slot: 0)
    #expect(queue.popFirst()?.slot == 0)
    #expect(queue.nextInstant?.nanosecondsSinceStart == .max)
    #expect(queue.popFirst()?.slot == 1 << 24 - 1)
  }

  @Test func `a copy keeps what the original gives away`() {
    var queue = EventQueue()
    for slot in 0..<10 { queue.push(at: .start + Nanoseconds(Int64(slot)), tie: 0, slot: slot) }
    let copy = queue
    while queue.popFirst() != nil {}
    #expect(copy.count == 10)
    #expect(copy.nextInstant == .start)
  }
}
