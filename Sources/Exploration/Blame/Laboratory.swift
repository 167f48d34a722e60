import Checking
import Determinism
import Simulation

/// A violation, and the means to ask whether it comes about when something is left out.
struct Laboratory {
  /// The faults and troubles that may be to blame, faults in the order of the plan first.
  let candidates: [Ablation.Item]
  /// From when on links lack what is left out.
  let branch: Instant
  /// How many candidates began before the story does.
  let begunBefore: Int

  private let plan: FaultPlan
  private let finding: Finding
  private let evidence: Evidence?
  private let experiment: Experiment
  /// What comes later than this is not the violation in question.
  private let horizon: Instant

  init(_ finding: Finding, _ record: RunRecord, _ experiment: Experiment, _ since: Instant) {
    self.finding = finding
    plan = record.plan
    self.experiment = experiment
    evidence = record.evidence
    let end = record.evidence?.instant ?? record.world.endsAt
    let entries = record.plan.entries
    let faults = record.plan.happening.filter { _, entry in
      let isActive = entry.begins + entry.lasts >= since
      return entry.begins <= end && (isActive || entry.fault.leavesTraces)
    }.map(\.number)
    candidates =
      faults.map(Ablation.Item.fault)
      + Trouble.allCases.filter { $0.isIn(record.world) }.map(Ablation.Item.trouble)
    // A fault that is active when the story begins is left out from its own beginning.
    let active = faults.filter { entries[$0].begins + entries[$0].lasts >= since }
    branch = active.map { entries[$0].begins }.reduce(since, min)
    begunBefore = faults.count { entries[$0].begins < since }
    horizon = end + (end - branch) / 2
  }

  /// When a trouble begins: before that, it makes no difference.
  func beginning(of item: Ablation.Item) -> Instant {
    if case .fault(let number) = item { plan.entries[number].begins } else { branch }
  }

  /// What a run without some items shows, and how many events it had.
  ///
  /// Neighbour zero is the run itself. Of a neighbour only the property and the way of its violation
  /// must be the same: which term, entry or node it is about is drawn anew as well.
  func run(
    without items: [Ablation.Item], neighbour: UInt64, from instant: Instant
  ) -> (Ablation.Effect, UInt64) {
    var omissions = Omissions(items, since: branch)
    omissions.neighbour = neighbour
    omissions.drawsAnewFrom = instant
    let again = experiment.run(seed: finding.seed, without: omissions)
    let events = again.outcome.events
    guard let other = again.outcome.finding, again.evidence?.instant.map({ $0 <= horizon }) ?? true
    else { return (.none, events) }
    let isAlike = other.property == finding.property && other.kind == finding.kind
    let isSame = isAlike && (neighbour > 0 || again.evidence?.subjects == evidence?.subjects)
    return (isSame ? .same : .other(property: other.property, kind: other.kind), events)
  }
}

extension Evidence {
  /// The nodes and objects that the violation is about.
  fileprivate var subjects: [String] {
    let key = explanation?.key.map { Subject("key", "\($0)") }
    return (detail.subjects + [key].compactMap(\.self)).map { "\($0.kind) \($0.name)" }.sorted()
  }
}

extension Omissions {
  /// The omission of some items.
  fileprivate init(_ items: [Ablation.Item], since: Instant) {
    self.init(since: since)
    for item in items {
      switch item {
      case .fault(let number): faults.append(number)
      case .trouble(let trouble): troubles.append(trouble)
      }
    }
    faults.sort()
  }
}
