import Determinism
import Histories

/// Reads that returned a value behind which newer writes had certainly taken effect.
///
/// A write lies between a read and the write that it saw when it was invoked after the latter had
/// to have taken effect, and had itself taken effect when the read was invoked. Counting them is a
/// sweep over events with a Fenwick tree over invocations: O(n log n).
struct StaleReads {
  private struct Read {
    let operation: Int
    let key: Int
    let write: Int?
  }

  private let registers: RegisterHistory
  private let deadlines: [Int]
  /// For each key the read with the most newer writes, and how many they are.
  private(set) var worst: [(operation: Int, write: Int?, newer: Int)?]

  init(_ registers: RegisterHistory) {
    self.registers = registers
    deadlines = registers.deadlines
    worst = Array(repeating: nil, count: registers.keys.count)
    var reads = [[Read]](repeating: [], count: registers.keys.count)
    var writes = [[Int]](repeating: [], count: registers.keys.count)
    for access in registers.accesses {
      switch access.kind {
      case .write: writes[access.key].append(access.operation)
      case .read(let write):
        reads[access.key].append(Read(operation: access.operation, key: access.key, write: write))
      }
    }
    for key in registers.keys.indices { sweep(reads[key], writes: writes[key]) }
  }

  /// How many of the last values a read must be allowed to return, at the least.
  var smallestDepth: Int {
    1 + (worst.compactMap { $0?.newer }.max() ?? 0)
  }

  /// The worst read of each key that has `depth` newer writes or more, with as many of them.
  func anomalies(depth: Int) -> [Anomaly] {
    worst.indices.compactMap { key in
      guard let (read, write, newer) = worst[key], newer >= depth else { return nil }
      let between = newerWrites(key, write: write, read: read).prefix(depth)
      let operations = (write.map { [$0] } ?? []) + between + [read]
      return Anomaly(
        "stale-read", key: registers.keys[key], operations: operations.map { OperationID($0) },
        text: "\(registers.words(read)) returned a value behind which at least \(newer) newer "
          + "\(newer == 1 ? "write" : "writes") had taken effect")
    }
  }

  private func newerWrites(_ key: Int, write: Int?, read: Int) -> [Int] {
    let start = registers.operations[read].invokedAt
    return registers.accesses.lazy.filter { $0.key == key && $0.kind == .write }
      .map(\.operation).filter { other in
        let invokedAt = registers.operations[other].invokedAt
        return deadlines[other] < start && write.map { deadlines[$0] < invokedAt } ?? true
      }
  }

  /// Counts for each read of one key; both are in order of invocation.
  private mutating func sweep(_ reads: [Read], writes: [Int]) {
    let byDeadline = writes.sorted { deadlines[$0] < deadlines[$1] }
    let invocations = writes.map { registers.operations[$0].invokedAt }
    var done = FenwickTree(count: writes.count)
    var next = 0
    for read in reads {
      let start = registers.operations[read.operation].invokedAt
      while next < byDeadline.count, deadlines[byDeadline[next]] < start {
        done.increment(place(registers.operations[byDeadline[next]].invokedAt, in: invocations))
        next += 1
      }
      let first = read.write.map { place(deadlines[$0], in: invocations) } ?? 0
      let newer = next - done.sum(below: first)
      if newer > worst[read.key]?.newer ?? 0 {
        worst[read.key] = (read.operation, read.write, newer)
      }
    }
  }

  /// The number of invocations before an event.
  private func place(_ event: Int, in invocations: [Int]) -> Int {
    var low = 0
    var high = invocations.count
    while low < high {
      let middle = (low + high) / 2
      if invocations[middle] < event { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Counters whose prefixes can be summed in logarithmic time (Fenwick, 1994).
private struct FenwickTree {
  private var sums: [Int]

  init(count: Int) {
    sums = Array(repeating: 0, count: count + 1)
  }

  mutating func increment(_ place: Int) {
    var node = place + 1
    while node < sums.count {
      sums[node] += 1
      node += node & -node
    }
  }

  func sum(below place: Int) -> Int {
    var sum = 0
    var node = place
    while node > 0 {
      sum += sums[node]
      node -= node & -node
    }
    return sum
  }
}
