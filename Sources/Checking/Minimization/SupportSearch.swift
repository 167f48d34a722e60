import Determinism
import Histories

/// The search for operations that make another one possible when they take effect in their order.
///
/// From every state it goes on by taking the next operation or by leaving it out. Only the states
/// found last are kept, and the one in which nothing was left out, which bounds the work.
struct SupportSearch<Specification: SequentialSpecification> {
  private static var maximumParents: Int { 256 }
  private static var maximumNodes: Int { 65_536 }

  /// A state with the operation that led there and the node of the state before.
  private struct Node {
    var state: UInt32
    var operation: OperationID?
    var parent: Int
  }

  private let history: History
  private var table: TransitionTable<Specification>
  private var nodes: ContiguousArray<Node>
  /// The node of each state.
  private var places = NumberTable()

  init(_ specification: Specification, history: History) {
    self.history = history
    table = TransitionTable(specification)
    nodes = [Node(state: table.initialState, operation: nil, parent: 0)]
    places[UInt64(table.initialState)] = 0
  }

  /// Some of the operations, after which the culprit is possible, or nil if none are found.
  ///
  /// Cost: O(n) steps of the specification, each from some hundred states at most.
  mutating func support(
    of culprit: OperationID, in order: [OperationID]
  ) throws(SpecificationError) -> [OperationID]? {
    guard let goal = try action(of: culprit) else { return nil }
    if table.allows(goal, in: table.initialState) { return [] }
    var complete = 0
    for operation in order {
      guard let action = try action(of: operation) else { continue }
      var next = complete
      for parent in recentNodes() + [0, complete] {
        let outcome = table.step(action, from: nodes[parent].state)
        for choice in 0..<table.choiceCount(outcome) {
          let state = table.choice(choice, of: outcome)
          let node = add(Node(state: state, operation: operation, parent: parent))
          if table.allows(goal, in: state) { return path(to: node) }
          if parent == complete { next = node }
        }
      }
      complete = next
    }
    return nil
  }

  private mutating func action(of id: OperationID) throws(SpecificationError) -> UInt32? {
    try table.specification.action(for: history.operations[id.position])
      .map { table.number(of: $0) }
  }

  /// The nodes found last, as long as there is room for their successors.
  private func recentNodes() -> [Int] {
    guard nodes.count < Self.maximumNodes else { return [] }
    return Array(max(0, nodes.count - Self.maximumParents)..<nodes.count)
  }

  /// The number of the node for a state, a new one if the state is new.
  private mutating func add(_ node: Node) -> Int {
    if let place = places[UInt64(node.state)] { return Int(place) }
    places[UInt64(node.state)] = UInt32(nodes.count)
    nodes.append(node)
    return nodes.count - 1
  }

  private func path(to node: Int) -> [OperationID] {
    var path: [OperationID] = []
    var node = node
    while let operation = nodes[node].operation {
      path.append(operation)
      node = nodes[node].parent
    }
    return path.reversed()
  }
}
