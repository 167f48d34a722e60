import Determinism
import Histories

/// Session guarantees and causal memory by definition: try every visibility and arbitration.
///
/// Sets of operations are words of bits, in order of invocation.
struct BruteForceSessions {
  private struct Read {
    let place: Int
    let key: Value
    let result: Value
  }

  private let operations: [Operation]
  private var reads: [Read] = []
  private var completedWrites: [Int] = []
  private var indeterminateWrites: [Int] = []
  /// The earlier operations of each operation's session.
  private var before: [UInt32]

  /// Which choices out of the four guarantees hold: the bit of a choice is its word of bits, in the
  /// order read your writes, monotonic reads, monotonic writes, writes follow reads.
  private(set) var holding: UInt32 = 0
  /// Whether there is an explanation in which causes are seen and come first in the order.
  private(set) var isCausal = false

  init(_ history: History) {
    operations = Array(history.operations)
    before = operations.indices.map { place in
      let process = history.operations[place].invocation.process
      return (0..<place).filter { history.operations[$0].invocation.process == process }
        .reduce(0) { $0 | 1 << UInt32($1) }
    }
    for (place, operation) in operations.enumerated() {
      let call = operation.invocation
      switch (call.function, operation.completion) {
      case ("read", .ok(let result)):
        reads.append(Read(place: place, key: call.key, result: result))
      case ("write", .ok): completedWrites.append(place)
      case ("write", .info): indeterminateWrites.append(place)
      default: break
      }
    }
    for choice in 0..<(1 << indeterminateWrites.count) {
      let happened = indeterminateWrites.indices.filter { choice >> $0 & 1 == 1 }
      arbitrate(completedWrites + happened.map { indeterminateWrites[$0] }, order: [])
    }
  }

  /// Tries every order of the rest of the writes.
  private mutating func arbitrate(_ rest: [Int], order: [Int]) {
    guard !rest.isEmpty else {
      var visible: [UInt32] = []
      return look(reads.map { visibleSets(of: $0, order: order) }, &visible, order: order)
    }
    for place in rest.indices {
      var others = rest
      let next = others.remove(at: place)
      arbitrate(others, order: order + [next])
    }
  }

  /// Every set of writes that a read can see, given its result and the order of writes.
  private func visibleSets(of read: Read, order: [Int]) -> [UInt32] {
    (0..<(1 << order.count)).compactMap { choice in
      let seen = order.indices.filter { choice >> $0 & 1 == 1 }.map { order[$0] }
      let last = seen.last { operations[$0].invocation.key == read.key }
      let value = last.map { operations[$0].invocation.input } ?? .none
      return value == read.result ? seen.reduce(0) { $0 | 1 << UInt32($1) } : nil
    }
  }

  /// Tries every set for each of the reads that have none yet.
  private mutating func look(_ sets: [[UInt32]], _ visible: inout [UInt32], order: [Int]) {
    // There is nothing left to find out.
    if holding == 0xffff && isCausal { return }
    guard visible.count < reads.count else { return judge(order, visible: visible) }
    for set in sets[visible.count] {
      visible.append(set)
      look(sets, &visible, order: order)
      visible.removeLast()
    }
  }

  /// Notes which guarantees hold, unless something is seen before it was written.
  private mutating func judge(_ order: [Int], visible: [UInt32]) {
    let writes = order.reduce(UInt32(0)) { $0 | 1 << UInt32($1) }
    // The bits of the guarantees that hold.
    var held: UInt32 = 0b1111
    for place in reads.indices {
      let past = before[reads[place].place]
      if past & writes & ~visible[place] != 0 { held &= ~0b0001 }
      for earlier in 0..<place where past >> UInt32(reads[earlier].place) & 1 == 1 {
        if visible[earlier] & ~visible[place] != 0 { held &= ~0b0010 }
      }
    }
    var arbitrated: UInt32 = 0
    for write in order {
      if before[write] & writes & ~arbitrated != 0 { held &= ~0b0100 }
      for place in reads.indices where before[write] >> UInt32(reads[place].place) & 1 == 1 {
        if visible[place] & ~arbitrated != 0 { held &= ~0b1000 }
      }
      arbitrated |= 1 << UInt32(write)
    }
    guard !isCausal || holding >> held & 1 == 0, let past = past(visible) else { return }
    for choice in UInt32(0)..<16 where choice & ~held == 0 { holding |= 1 << choice }
    arbitrated = 0
    for write in order {
      if past[write] & writes & ~arbitrated != 0 { return }
      arbitrated |= 1 << UInt32(write)
    }
    for place in reads.indices where past[reads[place].place] & writes & ~visible[place] != 0 {
      return
    }
    isCausal = true
  }

  /// What comes before each operation, going by sessions and by what is seen; nil if one comes
  /// before itself.
  private func past(_ visible: [UInt32]) -> [UInt32]? {
    var past = before
    for (place, read) in reads.enumerated() { past[read.place] |= visible[place] }
    for middle in past.indices {
      for place in past.indices where past[place] >> UInt32(middle) & 1 == 1 {
        past[place] |= past[middle]
      }
    }
    return past.indices.allSatisfy { past[$0] >> UInt32($0) & 1 == 0 } ? past : nil
  }
}
