/// Which nodes of a graph without cycles can be reached from which: a bit for each pair.
struct Reachability {
  private let width: Int
  private var bits: [UInt64]

  /// Computes the closure in edges × nodes / 64 steps; in `order` nodes come behind predecessors.
  init<Reason>(
    _ graph: ReasonGraph<Reason>, successors: ReasonGraph<Reason>.Adjacency, order: [Int]
  ) {
    width = (graph.nodeCount + 63) / 64
    bits = Array(repeating: 0, count: width * graph.nodeCount)
    bits.withUnsafeMutableBufferPointer { bits in
      for node in order.reversed() {
        let row = node * width
        for place in successors[node] {
          let target = Int(graph.edges[Int(place)].target)
          bits[row + target / 64] |= 1 << UInt64(target % 64)
          for word in 0..<width { bits[row + word] |= bits[target * width + word] }
        }
      }
    }
  }

  /// Whether a path leads from one node to another.
  func leads(_ source: Int, target: Int) -> Bool {
    bits[source * width + target / 64] >> UInt64(target % 64) & 1 == 1
  }

  /// The number of bytes that a closure over so many nodes takes.
  static func bytes(nodes: Int) -> Int { nodes * ((nodes + 63) / 64) * 8 }
}
