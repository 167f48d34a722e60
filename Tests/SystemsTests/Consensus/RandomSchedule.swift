import Determinism
import ProtocolKit
import TestKit

@testable import Consensus
@testable import Workloads

/// A keyed-random sequence of whatever can happen to a cluster, in doses that each seed draws anew.
struct RandomSchedule {
  private enum Action: UInt64, CaseIterable {
    case deliver, sync, ask, lose, duplicate, elect, heartbeat, crash, losePower, restart

    var weight: UInt64 {
      switch self {
      case .deliver: 100
      case .sync: 50
      case .restart: 10
      case .ask: 6
      case .heartbeat: 4
      case .elect, .lose, .duplicate: 2
      case .crash, .losePower: 1
      }
    }
  }

  private let randomness: Randomness
  private let doses: Draw
  private var count: UInt64 = 0

  init(seed: UInt64) {
    randomness = Randomness(seed: seed)
    doses = randomness.draw(.swarm)
  }

  /// Lets something happen.
  mutating func step(_ cluster: inout RaftCluster) throws {
    count += 1
    let draw = randomness.draw(.faultPlan, 0, count)
    let weights = Action.allCases.map { isPossible($0, cluster) ? weight(of: $0) : 0 }
    guard let action = draw.purpose(1).weighted(weights).map({ Action.allCases[$0] }) else {
      return
    }
    let place = Int(draw.purpose(2).below(UInt64(cluster.mail.count)))
    guard
      let node = draw.purpose(3).element(of: cluster.members.filter(subjects(of: action, cluster)))
    else { return }
    switch action {
    case .deliver: try cluster.deliver(at: place)
    case .duplicate: try cluster.deliver(at: place, keeping: true)
    case .lose: cluster.lose(at: place)
    case .sync: try cluster.sync(node)
    case .ask:
      let command = KeyValueStore.Command.write(key: 1, value: Int64(count))
      _ = try cluster.ask(.command(SessionID(1), sequence: count, command), of: node)
    case .elect: try cluster.fire(.election, at: node)
    case .heartbeat: try cluster.fire(.heartbeat, at: node)
    case .crash: cluster.crash(node)
    case .losePower: cluster.losePower(node)
    case .restart: try cluster.restart(node)
    }
  }

  private func weight(of action: Action) -> UInt64 {
    action.weight << doses.purpose(action.rawValue).below(5)
  }

  private func isPossible(_ action: Action, _ cluster: RaftCluster) -> Bool {
    switch action {
    case .deliver, .lose, .duplicate: !cluster.mail.isEmpty
    default: cluster.members.contains(where: subjects(of: action, cluster))
    }
  }

  /// The servers to which an action can happen.
  private func subjects(of action: Action, _ cluster: RaftCluster) -> (NodeID) -> Bool {
    switch action {
    case .deliver, .lose, .duplicate: { _ in true }
    case .sync: cluster.needsSync
    case .ask, .heartbeat: { cluster.isUp($0) && cluster[$0].role.isLeader }
    case .elect: { cluster.isUp($0) && !cluster[$0].role.isLeader }
    case .crash, .losePower: cluster.isUp
    case .restart: { !cluster.isUp($0) }
    }
  }
}
