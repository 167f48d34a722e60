import Determinism
import Exploration
import ProtocolKit
import Simulation

/// The faults that play a part in a story, with names to refer to them.
struct StoryFaults {
  /// A fault as it happened.
  struct Member {
    let entry: Int
    let fault: Fault
    let begins: Instant
    fileprivate(set) var ends: Instant
    /// Its name in the story; empty while it has none.
    fileprivate(set) var name = ""
  }

  /// The most faults that a story names.
  static let most = 6

  /// All faults that began, in that order.
  private(set) var members: [Member] = []

  init(_ record: RunRecord) {
    for event in record.recorder.events {
      switch (event.kind, event.content) {
      case (.faultBegins, .fault(let fault, let entry, let lasts)):
        // A run may end before its faults do.
        let end = event.instant + lasts
        members.append(Member(entry: entry, fault: fault, begins: event.instant, ends: end))
      case (.faultEnds, .fault(_, let entry, _)):
        for index in members.indices where members[index].entry == entry {
          members[index].ends = event.instant
        }
      case (.heal, _):
        for index in members.indices where members[index].ends > event.instant {
          members[index].ends = event.instant
        }
      default: break
      }
    }
  }

  /// The faults that have a name, in order of name.
  var named: [Member] { members.filter { !$0.name.isEmpty } }

  /// Gives names to the faults that matter most.
  ///
  /// First what was shown to be needed, then what lost messages of the story; unless the needed are
  /// known, also what is among its events and what hit its nodes. Of equals the later ones.
  mutating func choose(
    within span: ClosedRange<Instant>, needed: [Int]?, inSlice: [Int], _ losses: [StoryLoss],
    nodes: [NodeID]
  ) {
    let ranked = members.indices.compactMap { index -> (rank: Int, index: Int)? in
      let member = members[index]
      guard member.begins <= span.upperBound, member.ends >= span.lowerBound else { return nil }
      if needed?.contains(member.entry) ?? false { return (0, index) }
      let isToBlame = losses.contains {
        member.isActive(at: $0.at) && member.fault.obstructs(from: $0.from, to: $0.to)
      }
      if isToBlame { return (1, index) }
      guard needed == nil else { return nil }
      if inSlice.contains(member.entry) { return (2, index) }
      return member.fault.victims.contains(where: nodes.contains) ? (3, index) : nil
    }
    let chosen = ranked.sorted { ($0.rank, -$0.index) < ($1.rank, -$1.index) }.prefix(Self.most)
    for (number, index) in chosen.map(\.index).sorted().enumerated() {
      members[index].name = "F\(number + 1)"
    }
  }

  /// The names of the faults that keep messages from one node to another at an instant.
  func names(from: NodeID, to: NodeID, at instant: Instant) -> [String] {
    named.filter { $0.isActive(at: instant) && $0.fault.obstructs(from: from, to: to) }
      .map(\.name)
  }

  /// The name of a fault, if it has one.
  func name(ofEntry entry: Int) -> String? { named.first { $0.entry == entry }?.name }
}

extension StoryFaults.Member {
  /// Whether it lasts at an instant.
  func isActive(at instant: Instant) -> Bool { begins <= instant && instant <= ends }

  /// The pairs of sender and recipient among some nodes whose messages it keeps.
  func obstructedPairs(among nodes: [NodeID]) -> [(from: NodeID, to: NodeID)] {
    nodes.flatMap { from in
      nodes.filter { fault.obstructs(from: from, to: $0) }.map { (from, $0) }
    }
  }
}
