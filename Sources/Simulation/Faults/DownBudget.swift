import ProtocolKit

/// How many servers of one group may be down at the same time.
public enum DownBudget: Hashable, Sendable {
  /// Fewer than half of each group: what a protocol with majorities survives.
  case minority
  /// So many of each group.
  case atMost(Int)

  /// How many of a group of some size.
  func most(ofGroup count: Int) -> Int {
    switch self {
    case .minority: (count - 1) / 2
    case .atMost(let most): most
    }
  }
}

extension DownBudget: CustomStringConvertible {
  /// The bound in words.
  public var description: String {
    switch self {
    case .minority: "a minority of each group"
    case .atMost(let most): "\(most)"
    }
  }
}

extension ClusterShape {
  /// Whether so many servers of one group are among some nodes that a budget is exceeded.
  func exceeds(_ budget: DownBudget, _ down: [NodeID]) -> Bool {
    groups.contains { group in
      group.nodes.count(where: down.contains) > budget.most(ofGroup: group.count)
    }
  }
}
