public import Determinism
public import Exploration
import Histories
import ProtocolKit
import Simulation

extension Story {
  /// Tells the story of a run that violates a property and was recorded event by event.
  ///
  /// `ablation` tests which troubles made the difference since an instant; nil leaves that open.
  /// Returns nil if nothing is violated.
  public init?(
    _ record: RunRecord, ablation: (_ since: Instant) -> Ablation? = { _ in nil }
  ) {
    guard let finding = record.outcome.finding, record.evidence != nil,
      let teller = StoryTeller(record, ablation: ablation)
    else { return nil }
    self = teller.story(of: finding)
  }
}

/// Gathers what a story is made of.
struct StoryTeller {
  let record: RunRecord
  let slice: CausalSlice
  let events: ChunkedLog<TraceEvent>
  let ablation: Ablation?
  /// The nodes with a lane, not in order yet.
  let nodes: [NodeID]
  let omittedNodes: [NodeID]
  /// The messages that events of the story sent in vain.
  let losses: [StoryLoss]
  private(set) var faults: StoryFaults

  /// The most nodes that a diagram has room for.
  static let mostNodes = 8

  init?(_ record: RunRecord, ablation: (Instant) -> Ablation?) {
    self.record = record
    slice = CausalSlice(of: record)
    events = record.recorder.events
    faults = StoryFaults(record)
    guard let first = slice.places.first, let last = slice.places.last else { return nil }
    let span = events[first].instant...events[last].instant
    // A fault that hit a node at the outset is tested like those that follow.
    let begin = slice.places.first { !record.recorder.events[$0].kind.isOfWorld } ?? first
    let isAboutAll = record.evidence?.instant == nil
    self.ablation = ablation(isAboutAll ? .start : events[begin].instant)
    let all = Self.nodes(of: slice.places.map { record.recorder.events[$0] })
    nodes = Array(all.prefix(Self.mostNodes))
    omittedNodes = Array(all.dropFirst(Self.mostNodes))
    losses = StoryLoss.all(sentBy: slice.places.map { record.recorder.events[$0].id }, in: events)
    faults.choose(
      within: span, needed: self.ablation?.entriesToBlame,
      inSlice: slice.places.compactMap { record.recorder.events[$0].entry }, losses, nodes: nodes)
  }

  /// The nodes that some events are about, those of the latest events first.
  private static func nodes(of events: [TraceEvent]) -> [NodeID] {
    events.reversed().flatMap(\.participants).reduce(into: []) { found, node in
      if !found.contains(node) { found.append(node) }
    }
  }

  func story(of finding: Finding) -> Story {
    let verdict = StoryVerdict(record)
    return Story(
      headline: verdict.headline, property: finding.property, key: verdict.key,
      clients: observations, happened: steps, why: verdict.reasons, needed: needed,
      faults: faults.named.map(faultLine), diagram: diagram, is_cut: slice.isCut)
  }

  private func faultLine(_ member: StoryFaults.Member) -> Story.FaultLine {
    Story.FaultLine(
      name: member.name, text: "\(member.fault)",
      begins_ns: member.begins.nanosecondsSinceStart,
      ends_ns: member.ends.nanosecondsSinceStart, entry: member.entry)
  }

  private var needed: Story.Needed? {
    ablation.map { report in
      Story.Needed(
        tries: Ablation.tries, alone: report.trials.map(describe),
        together: report.together.map(describe), without_together: report.withoutTogether,
        with_together: report.withTogether, untried: report.untried.count,
        earlier_faults: report.earlierFaults, runs: report.runs)
    }
  }

  private func describe(_ trial: Ablation.Trial) -> Story.Needed.Trial {
    let instead: String? =
      if case .other(let property, let kind) = trial.effect { "\(property): \(kind)" } else { nil }
    return Story.Needed.Trial(
      text: describe(trial.item), role: trial.role, with: trial.with, without: trial.without,
      instead: instead)
  }

  private func describe(_ item: Ablation.Item) -> String {
    switch item {
    case .trouble(let trouble): return StoryWords.trouble(trouble)
    case .fault(let entry):
      let plan = record.plan.entries[entry]
      let fault = faults.members.first { $0.entry == entry }?.fault ?? plan.fault
      guard let name = faults.name(ofEntry: entry) else {
        return "\(fault) at \(StoryWords.milliseconds(plan.begins)) ms"
      }
      return "\(name) \(fault)"
    }
  }
}

extension Ablation {
  /// The entries of the fault plan without which the violation does not show, or shows less often.
  fileprivate var entriesToBlame: [Int]? {
    guard untried.isEmpty else { return nil }
    return trials.compactMap { trial in
      guard case .fault(let entry) = trial.item, trial.role != .needless else { return nil }
      return entry
    }
  }
}

extension TraceEvent {
  /// The nodes that take part: the one to which it happens, and who sent it a message.
  fileprivate var participants: [NodeID] {
    if kind.isOfWorld { return [] }
    return [node] + [sender].compactMap(\.self)
  }
}
