/// A directed graph of numbered nodes that is asked for its cycles.
struct DependencyGraph {
  let nodeCount: Int
  /// The successors of node `n` are at `starts[n]..<starts[n + 1]`.
  private var starts: ContiguousArray<Int32>
  private var successors: ContiguousArray<Int32>

  /// Creates the graph with these edges, in O(nodes + edges).
  init(nodeCount: Int, edges: [(from: Int, to: Int)]) {
    self.nodeCount = nodeCount
    starts = ContiguousArray(repeating: 0, count: nodeCount + 1)
    successors = ContiguousArray(repeating: 0, count: edges.count)
    for edge in edges { starts[edge.from + 1] += 1 }
    for node in 0..<nodeCount { starts[node + 1] += starts[node] }
    var next = starts
    for edge in edges {
      successors[Int(next[edge.from])] = Int32(edge.to)
      next[edge.from] += 1
    }
  }

  private func successors(of node: Int) -> ContiguousArray<Int32>.SubSequence {
    successors[Int(starts[node])..<Int(starts[node + 1])]
  }

  /// The strongly connected components with more than one node, in O(nodes + edges) (Tarjan 1972).
  ///
  /// Both the components and their nodes are in ascending order.
  func cyclicComponents() -> [[Int]] {
    var search = ComponentSearch(nodeCount: nodeCount)
    for root in 0..<nodeCount { search.run(from: root, starts: starts, successors: successors) }
    return search.components.map { $0.sorted() }.sorted { $0[0] < $1[0] }
  }

  /// A shortest cycle through the first node of a component, beginning with that node.
  func cycle(in component: [Int]) -> [Int] {
    path(from: component[0], to: component[0], in: component)
  }

  /// A shortest path within a component, without its last node; from a node to itself, a cycle.
  func path(from start: Int, to end: Int, in component: [Int]) -> [Int] {
    let members = Set(component)
    var cameFrom: [Int: Int] = [:]
    var queue = [start]
    var next = 0
    while next < queue.count {
      let node = queue[next]
      next += 1
      for successor in successors(of: node).lazy.map({ Int($0) }) where members.contains(successor)
      {
        if successor == end {
          return sequence(first: node) { $0 == start ? nil : cameFrom[$0] }.reversed()
        }
        guard successor != start, cameFrom[successor] == nil else { continue }
        cameFrom[successor] = node
        queue.append(successor)
      }
    }
    preconditionFailure("there is a path between any two nodes of a component")
  }
}

/// Tarjan's search with its own stack, so that long chains do not exhaust the program's.
private struct ComponentSearch {
  private(set) var components: [[Int]] = []
  /// When a node was reached, counted from one; zero before.
  private var reached: ContiguousArray<Int32>
  /// The earliest node on the stack that a node leads to.
  private var lowest: ContiguousArray<Int32>
  private var isOnStack: ContiguousArray<Bool>
  private var stack: [Int] = []
  private var path: [(node: Int, next: Int)] = []
  private var count: Int32 = 0

  init(nodeCount: Int) {
    reached = ContiguousArray(repeating: 0, count: nodeCount)
    lowest = reached
    isOnStack = ContiguousArray(repeating: false, count: nodeCount)
  }

  mutating func run(
    from root: Int, starts: ContiguousArray<Int32>, successors: ContiguousArray<Int32>
  ) {
    guard reached[root] == 0 else { return }
    enter(root, starts: starts)
    while let (node, next) = path.last {
      if next == Int(starts[node + 1]) {
        path.removeLast()
        leave(node)
        continue
      }
      path[path.count - 1].next += 1
      let successor = Int(successors[next])
      if reached[successor] == 0 {
        enter(successor, starts: starts)
      } else if isOnStack[successor] {
        lowest[node] = min(lowest[node], reached[successor])
      }
    }
  }

  private mutating func enter(_ node: Int, starts: ContiguousArray<Int32>) {
    count += 1
    reached[node] = count
    lowest[node] = count
    isOnStack[node] = true
    stack.append(node)
    path.append((node, Int(starts[node])))
  }

  private mutating func leave(_ node: Int) {
    if let parent = path.last?.node { lowest[parent] = min(lowest[parent], lowest[node]) }
    guard lowest[node] == reached[node] else { return }
    var component: [Int] = []
    while let last = stack.last, isOnStack[node] {
      stack.removeLast()
      isOnStack[last] = false
      component.append(last)
    }
    if component.count > 1 { components.append(component) }
  }
}
