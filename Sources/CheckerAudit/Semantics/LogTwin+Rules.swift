import Determinism
import Histories

extension LogTwin {
  var unseen: Int {
    steps.filter(\.isOK).flatMap(\.sends).count { !isPolled($0) }
  }

  /// Messages that happened and lie below what was polled, but that nobody polled.
  var lostWrites: Int {
    located.count { item in
      guard !isPolled(item), writers(of: item).contains(where: hasHappened) else { return false }
      return steps.contains { step in
        step.isOK
          && step.polls.contains { other in
            other.key == item.key && offsets(of: other)[0] >= offsets(of: item).last ?? .max
          }
      }
    }
  }

  var contradictions: Int {
    Broker.keys.map { key in offsets(of: key).count { values(at: $0, of: key).count > 1 } }
      .reduce(0, +)
  }

  var abortedReads: Int {
    steps.filter(\.isOK).flatMap(\.polls).count { item in
      !writers(of: item).isEmpty && writers(of: item).allSatisfy(\.hasFailed)
    }
  }

  var thinAir: Int {
    steps.flatMap(\.polls).count { writers(of: $0).isEmpty }
  }

  var precommitted: Int {
    steps.count { step in
      step.polls.contains { item in
        step.sends.contains { $0.key == item.key && $0.value == item.value }
      }
    }
  }

  /// The skips and the steps back from one item to another.
  private func moves(_ pairs: [(Item, Item)]) -> (skips: Int, steps: Int) {
    let deltas = pairs.compactMap { from, to in
      index(of: to).flatMap { to in index(of: from).map { to - $0 } }
    }
    return (deltas.count { $0 > 1 }, deltas.count { $0 < 1 })
  }

  /// Moves between neighbours of the same key in one operation.
  func within(
    _ items: (Step) -> [Item], looksAt: (Step) -> Bool
  ) -> (skips: Int, steps: Int) {
    var pairs: [(Item, Item)] = []
    for step in steps where looksAt(step) {
      for key in Broker.keys {
        let known = items(step).filter { $0.key == key && index(of: $0) != nil }
        pairs += zip(known, known.dropFirst())
      }
    }
    return moves(pairs)
  }

  /// Moves from the last item of a process' earlier operation to the first one of a later.
  func across(
    _ items: (Step) -> [Item], looksAt: (Step) -> Bool, advances: (Step) -> Bool
  ) -> (skips: Int, steps: Int) {
    var pairs: [(Item, Item)] = []
    for (place, step) in steps.enumerated() where looksAt(step) {
      for key in Broker.keys {
        func known(_ step: Step) -> [Item] {
          items(step).filter { $0.key == key && index(of: $0) != nil }
        }
        guard let first = known(step).first else { continue }
        let mine = steps[..<place].filter {
          $0.operation.invocation.process == step.operation.invocation.process
        }
        // The last time that the key was left out of a choice of keys.
        let forgotten = mine.lastIndex { choice in
          ["assign", "subscribe"].contains(choice.operation.invocation.function)
            && !choice.hasFailed && !choice.operation.invocation.input.list.contains(key)
        }
        let since = mine.dropFirst(forgotten.map { $0 + 1 } ?? 0)
        let before = since.last { looksAt($0) && advances($0) && !known($0).isEmpty }
        if let last = before.flatMap({ known($0).last }) { pairs.append((last, first)) }
      }
    }
    return moves(pairs)
  }

  /// The longest time between the moment at which something behind a consumer's place was known to
  /// exist and its next poll.
  var worstLag: Int {
    var worst: Int64 = 0
    for (place, step) in steps.enumerated()
    where step.isOK
      && !["send", "assign", "subscribe"]
        .contains(step.operation.invocation.function)
    {
      let mine = steps[...place].filter {
        $0.isOK && $0.operation.invocation.process == step.operation.invocation.process
      }
      for key in Broker.keys {
        guard let reached = position(of: key, after: mine) else { continue }
        let times = steps.filter { other in
          !other.hasFailed
            && (other.sends + other.polls).contains { item in
              item.key == key && item.offset.map { $0 > reached } ?? false
            }
        }.compactMap(\.operation.completionTime)
        guard let since = times.min(), let begun = step.operation.invocationTime else { continue }
        worst = max(worst, (begun - since).count)
      }
    }
    return Int(worst)
  }

  /// The highest offset of a key that a consumer has passed, -1 at its start, nil if it does not
  /// look at the key.
  private func position(of key: Value, after steps: [Step]) -> Int64? {
    var reached: Int64?
    for step in steps {
      switch step.operation.invocation.function {
      case "send": continue
      case "subscribe": reached = nil
      case "assign":
        reached = step.operation.invocation.input.list.contains(key) ? reached ?? -1 : nil
      default:
        let offsets = (step.polls + step.sends).filter { $0.key == key }.compactMap(\.offset)
        if step.keys.contains(key) { reached = max(reached ?? -1, -1) }
        if let most = offsets.max() { reached = max(reached ?? -1, most) }
      }
    }
    return reached
  }
}

/// Which transactions reach which along dependencies.
struct LogTwinGraph {
  let readCycles: Int
  let writeCycles: Int
  let mixedCycles: Int

  init(_ twin: LogTwin) {
    let steps = twin.steps
    let happened = steps.indices.filter { twin.hasHappened(steps[$0]) }
    var reads: [(Int, Int)] = []
    var writes: [(Int, Int)] = []
    let writer = { (key: Value, value: Value) in
      happened.first { steps[$0].sends.contains { $0.key == key && $0.value == value } }
    }
    for reader in happened {
      for item in steps[reader].polls {
        if let writer = writer(item.key, item.value), writer != reader {
          reads.append((writer, reader))
        }
      }
    }
    for key in Broker.keys {
      let order = twin.offsets(of: key).compactMap { offset in
        twin.values(at: offset, of: key).first.flatMap { writer(key, $0) }
      }
      // Not only neighbours: whoever wrote before depends on nobody less.
      for (place, from) in order.enumerated() {
        for to in order[(place + 1)...] where to != from { writes.append((from, to)) }
      }
    }
    let readGroups = Self.groups(reads, count: steps.count)
    readCycles = readGroups.count
    writeCycles = Self.groups(writes, count: steps.count).count
    mixedCycles = Self.groups(reads + writes, count: steps.count).count { group in
      reads.contains { group.contains($0.0) && group.contains($0.1) }
        && !readGroups.contains { group.contains($0[0]) }
    }
  }

  /// The groups of at least two nodes that all reach one another.
  private static func groups(_ edges: [(Int, Int)], count: Int) -> [[Int]] {
    var reaches = Array(repeating: Array(repeating: false, count: count), count: count)
    for (from, to) in edges { reaches[from][to] = true }
    for middle in 0..<count {
      for from in 0..<count where reaches[from][middle] {
        for to in 0..<count where reaches[middle][to] { reaches[from][to] = true }
      }
    }
    return (0..<count).compactMap { node in
      let group = (0..<count).filter { $0 == node || reaches[node][$0] && reaches[$0][node] }
      return group.count > 1 && group[0] == node ? group : nil
    }
  }
}
