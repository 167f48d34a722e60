/// Puts all writes and reads into one order that respects a graph, and seldom misleads a read.
struct PrefixExtensions {
  private let history: PrefixHistory
  /// The keys that each operation writes.
  private var keys: [[Int]]
  /// What each read of registers found.
  private var found: [[PrefixConstraints.Choice]]
  /// How many reads found each write.
  private var readers: [Int]

  init(_ history: PrefixHistory, choices: [PrefixConstraints.Choice]) {
    self.history = history
    keys = Array(repeating: [], count: history.operations.count)
    found = Array(repeating: [], count: history.operations.count)
    readers = Array(repeating: 0, count: history.operations.count)
    for key in history.keys.indices {
      for write in history.writers[key] { keys[write].append(key) }
    }
    for choice in choices {
      found[choice.read].append(choice)
      readers[choice.write] += 1
    }
  }

  /// An order in which reads come early, and writes that hide nothing still to be read.
  func order(
    _ graph: ReasonGraph<PrefixReason>, successors: ReasonGraph<PrefixReason>.Adjacency
  ) -> [Int] {
    var incoming = [Int32](repeating: 0, count: graph.nodeCount)
    for edge in graph.edges { incoming[Int(edge.target)] += 1 }
    var ready = Ready(current: Array(repeating: nil, count: history.keys.count), readers: readers)
    for node in 0..<graph.nodeCount where incoming[node] == 0 { add(node, &ready) }
    var order: [Int] = []
    while let node = next(&ready) {
      if node < graph.operationCount { order.append(node) }
      for place in successors[node] {
        let target = Int(graph.edges[Int(place)].target)
        incoming[target] -= 1
        if incoming[target] == 0 { add(target, &ready) }
      }
    }
    return order
  }

  /// The nodes whose predecessors are all in the order, and the state after these.
  private struct Ready {
    var writes: [Int] = []
    var others: [Int] = []
    /// The last write of each key.
    var current: [Int?]
    /// How many reads of each write are still to come.
    var readers: [Int]
  }

  private func add(_ node: Int, _ ready: inout Ready) {
    let isWrite = node < history.operations.count && history.isWrite[node]
    if isWrite { ready.writes.append(node) } else { ready.others.append(node) }
  }

  private func next(_ ready: inout Ready) -> Int? {
    if let node = ready.others.popLast() {
      if node < found.count { for choice in found[node] { ready.readers[choice.write] -= 1 } }
      return node
    }
    guard !ready.writes.isEmpty else { return nil }
    let harmless = ready.writes.firstIndex { write in
      keys[write].allSatisfy { key in ready.current[key].map { ready.readers[$0] == 0 } ?? true }
    }
    let write = ready.writes.remove(at: harmless ?? 0)
    for key in keys[write] { ready.current[key] = write }
    return write
  }

  /// The first read to which an order shows another write than it found.
  func firstFailure(_ order: [Int]) -> (choice: PrefixConstraints.Choice, other: Int)? {
    var current = [Int?](repeating: nil, count: history.keys.count)
    for node in order {
      for key in keys[node] { current[key] = node }
      for choice in found[node] {
        if let other = current[choice.key], other != choice.write { return (choice, other) }
      }
    }
    return nil
  }
}
