import Testing

@testable import Checking

/// Components, cycles and paths of small graphs.
struct DependencyGraphTests {
  @Test func `a chain has no cycle`() {
    let graph = DependencyGraph(nodeCount: 4, edges: [(0, 1), (1, 2), (2, 3), (0, 3)])
    #expect(graph.cyclicComponents().isEmpty)
  }

  @Test func `components are told apart, and each has a shortest cycle`() {
    let graph = DependencyGraph(
      nodeCount: 7,
      edges: [(0, 1), (1, 2), (2, 0), (1, 0), (2, 3), (3, 4), (4, 5), (5, 3), (6, 0)])
    #expect(graph.cyclicComponents() == [[0, 1, 2], [3, 4, 5]])
    #expect(graph.cycle(in: [0, 1, 2]) == [0, 1])
    #expect(graph.cycle(in: [3, 4, 5]) == [3, 4, 5])
    #expect(graph.path(from: 4, to: 3, in: [3, 4, 5]) == [4, 5])
  }

  @Test func `a long circle does not exhaust the stack`() {
    let count = 200_000
    let graph = DependencyGraph(
      nodeCount: count, edges: (0..<count).map { ($0, ($0 + 1) % count) })
    #expect(graph.cyclicComponents().map(\.count) == [count])
  }
}
