import ProtocolKit
import TestKit

@testable import Consensus
@testable import Workloads

/// Three rules of the paper by their definitions: the whole cluster is compared after every event.
///
/// The twin of `RaftInvariants`, slow and plain: no hashes, no ghost logs, nothing incremental.
struct PlainRules {
  /// An entry; in these schedules no two commands have the same number.
  private struct Entry: Hashable {
    let term: Term
    let command: UInt64?
  }

  /// Everyone who was ever seen to lead each term.
  private var leaders: [Term: Set<NodeID>] = [:]
  /// Everything that anyone was ever seen to have applied at each index.
  private var applied: [Int: Set<Entry>] = [:]

  /// The rules that are broken after an event.
  mutating func broken(in cluster: RaftCluster) -> Set<String> {
    var broken: Set<String> = []
    let servers = cluster.members.filter { cluster.isUp($0) }.map { cluster[$0] }
    for server in servers where server.role.isLeader {
      leaders[server.term, default: []].insert(server.id)
    }
    if leaders.values.contains(where: { $0.count > 1 }) { broken.insert("election-safety") }
    let logs = servers.map { server in
      (0..<server.log.lastIndex.number).map { entry(server.log[LogIndex($0 + 1)]) }
    }
    for (server, log) in zip(servers, logs) {
      for index in 0..<server.appliedIndex.number { applied[index, default: []].insert(log[index]) }
    }
    if applied.values.contains(where: { $0.count > 1 }) { broken.insert("state-machine-safety") }
    for (place, left) in logs.enumerated() {
      for right in logs[..<place] where !match(left, right) { broken.insert("log-matching") }
    }
    return broken
  }

  /// Whether logs that have an entry of the same term and index are equal up to there.
  private func match(_ left: [Entry], _ right: [Entry]) -> Bool {
    // The last such entry speaks for all before it.
    let shared = 0..<min(left.count, right.count)
    guard let last = shared.last(where: { left[$0].term == right[$0].term }) else { return true }
    return left[...last] == right[...last]
  }

  private func entry(_ entry: LogEntry<KeyValueStore>) -> Entry {
    guard case .command(_, let sequence, _) = entry.payload else {
      return Entry(term: entry.term, command: nil)
    }
    return Entry(term: entry.term, command: sequence)
  }
}
