/// A graph of what must come before what, and why; a cycle in it is a contradiction.
///
/// Nodes below `operationCount` are operations, the others helpers that stand for many edges at
/// once. A cycle is looked for that goes through few operations. Building and the test for cycles
/// are linear in nodes and edges.
struct ReasonGraph<Reason> {
  /// One node must come before another.
  struct Edge {
    let source: Int32
    let target: Int32
    let reason: Reason
  }

  /// How many nodes are operations.
  let operationCount: Int
  /// The number of nodes.
  private(set) var nodeCount: Int
  private(set) var edges: [Edge] = []

  init(operationCount: Int) {
    self.operationCount = operationCount
    nodeCount = operationCount
  }

  mutating func addHelper() -> Int {
    nodeCount += 1
    return nodeCount - 1
  }

  mutating func addEdge(_ source: Int, target: Int, reason: Reason) {
    edges.append(
      Edge(
        source: Int32(truncatingIfNeeded: source), target: Int32(truncatingIfNeeded: target),
        reason: reason))
  }

  /// The edges of a cycle through few operations, beginning at an operation; nil without cycles.
  ///
  /// It is the shortest one through any of the first `maximumStarts` operations on cycles.
  func shortCycle(maximumStarts: Int = 50) -> [Edge]? {
    let successors = Adjacency(self)
    var isAlive = [Bool](repeating: true, count: nodeCount)
    // What has no predecessor left, and then what has no successor left, is on no cycle.
    for node in sources(successors) { isAlive[node] = false }
    guard isAlive.contains(true) else { return nil }
    dropEnds(&isAlive)
    var best: [Edge]?
    var starts = 0
    for node in 0..<operationCount where isAlive[node] {
      let longest = best.map { operations(on: $0) - 1 } ?? .max
      if let cycle = path(
        node, end: node, successors: successors, isAlive: isAlive, longest: longest)
      {
        best = cycle
      }
      starts += 1
      if starts >= maximumStarts && best != nil { break }
    }
    return best
  }

  /// The edges of a path from one node to another through few operations, or nil without paths.
  func shortPath(from start: Int, to end: Int) -> [Edge]? {
    let isAlive = [Bool](repeating: true, count: nodeCount)
    return path(start, end: end, successors: Adjacency(self), isAlive: isAlive, longest: .max)
  }

  private func operations(on cycle: [Edge]) -> Int {
    cycle.count { Int($0.source) < operationCount }
  }

  /// The nodes behind no cycle, each behind its predecessors; all nodes if there is no cycle.
  func sources(_ successors: Adjacency) -> [Int] {
    var incoming = [Int32](repeating: 0, count: nodeCount)
    for edge in edges { incoming[Int(edge.target)] += 1 }
    var order = (0..<nodeCount).filter { incoming[$0] == 0 }
    var next = 0
    while next < order.count {
      for place in successors[order[next]] {
        let target = Int(edges[Int(place)].target)
        incoming[target] -= 1
        if incoming[target] == 0 { order.append(target) }
      }
      next += 1
    }
    return order
  }

  /// Drops the nodes from which no cycle can be reached.
  private func dropEnds(_ isAlive: inout [Bool]) {
    var reversed = ReasonGraph<Void>(operationCount: nodeCount)
    for edge in edges where isAlive[Int(edge.source)] && isAlive[Int(edge.target)] {
      reversed.addEdge(Int(edge.target), target: Int(edge.source), reason: ())
    }
    for node in reversed.sources(.init(reversed)) { isAlive[node] = false }
  }

  /// The path of at least one edge through the fewest operations, if it has at most `longest`.
  ///
  /// A search in breadth in which steps to helpers cost nothing.
  private func path(
    _ start: Int, end: Int, successors: Adjacency, isAlive: [Bool], longest: Int
  ) -> [Edge]? {
    var arrival: [Int: Int] = [:]
    var isDone: Set<Int> = []
    var level = [start]
    var next: [Int] = []
    var length = 1
    while length <= longest {
      while let node = level.popLast() {
        guard isDone.insert(node).inserted else { continue }
        for place in successors[node] {
          let target = Int(edges[Int(place)].target)
          if target == end { return path(from: start, to: node, and: Int(place), arrival: arrival) }
          guard isAlive[target], arrival[target] == nil else { continue }
          arrival[target] = Int(place)
          if target < operationCount { next.append(target) } else { level.append(target) }
        }
      }
      guard !next.isEmpty else { return nil }
      // The earliest operation first.
      level = next.sorted(by: >)
      next = []
      length += 1
    }
    return nil
  }

  private func path(
    from start: Int, to end: Int, and last: Int, arrival: [Int: Int]
  ) -> [Edge] {
    var path = [edges[last]]
    var node = end
    while node != start, let place = arrival[node] {
      path.append(edges[place])
      node = Int(edges[place].source)
    }
    return path.reversed()
  }

  /// The edges that leave each node, packed one node after another.
  struct Adjacency {
    private var offsets: [Int32]
    private var places: [Int32]

    init(_ graph: ReasonGraph) {
      offsets = [Int32](repeating: 0, count: graph.nodeCount + 1)
      places = [Int32](repeating: 0, count: graph.edges.count)
      for edge in graph.edges { offsets[Int(edge.source) + 1] += 1 }
      for node in 0..<graph.nodeCount { offsets[node + 1] += offsets[node] }
      var next = offsets
      for (place, edge) in graph.edges.enumerated() {
        places[Int(next[Int(edge.source)])] = Int32(truncatingIfNeeded: place)
        next[Int(edge.source)] += 1
      }
    }

    /// The places in `edges` of the edges that leave a node, in the order in which they were added.
    subscript(node: Int) -> ArraySlice<Int32> {
      places[Int(offsets[node])..<Int(offsets[node + 1])]
    }
  }
}
