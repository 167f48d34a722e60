public import Determinism
import Simulation

/// Which troubles of a run made the difference: its seed run again, each time without some.
///
/// A trouble that is left out changes the course of everything after it, so one run that passes
/// without it proves little. Two questions are asked. First, what can go all at once while the very
/// same violation comes about: that is found by delta debugging (Zeller and Hildebrandt 2002, section
/// 3.2), the latest first. Then each of the others is left out alone, in this run and in *neighbours* of
/// it, in which all that is drawn by chance since the trouble began is drawn anew; the same neighbours
/// with the trouble say what to compare with. Order and limits are fixed, so the same finding
/// always gives the same answer.
public struct Ablation: Codable, Hashable, Sendable {
  /// One thing that can be left out.
  public enum Item: Codable, Hashable, Sendable {
    /// The entry at this place of the fault plan.
    case fault(Int)
    /// A condition of links or clocks.
    case trouble(Trouble)
  }

  /// What a run shows in place of a violation.
  public enum Effect: Codable, Hashable, Sendable {
    /// The same property is violated in the same way by the same nodes at the same objects.
    case same
    /// Another violation comes about.
    case other(property: String, kind: String)
    /// Nothing is violated in time.
    case none
  }

  /// What a trouble does for the violation.
  public enum Role: String, Codable, Hashable, Sendable {
    /// With it most neighbours show the violation, and without it none, nor this run.
    case needed
    /// Without it at most half as many show the violation.
    case likelier
    /// Without it the violation shows as often, give or take one.
    case needless
    /// The difference is too small to tell it from chance.
    case unclear
  }

  /// What came of leaving one thing out, and nothing else.
  public struct Trial: Codable, Hashable, Sendable {
    /// What was left out.
    public let item: Item
    /// What this run shows without it.
    public let effect: Effect
    /// In how many tries, this run and its neighbours, the violation shows with it.
    public let with: Int
    /// In how many tries it shows without it.
    public let without: Int

    /// Creates the trial of an item.
    public init(item: Item, effect: Effect, with: Int, without: Int) {
      self.item = item
      self.effect = effect
      self.with = with
      self.without = without
    }

    /// What follows from that.
    public var role: Role {
      if without == 0 { return with * 2 > Ablation.tries ? .needed : .unclear }
      if without + 1 >= with { return .needless }
      return without * 2 <= with ? .likelier : .unclear
    }
  }

  /// How much re-running is allowed.
  public struct Limits: Hashable, Sendable {
    /// The number of runs.
    public var runs = 200
    /// The number of events of all runs together; the run that exceeds it is the last.
    public var events: UInt64 = 4_000_000

    /// Creates the usual limits.
    public init() {}
  }

  /// How many neighbours of a run are tried.
  static let neighbourCount = 5
  /// How many tries each count is out of: the run itself and its neighbours.
  public static let tries = neighbourCount + 1
  /// How many troubles are left out alone at the most, and how many runs look for what can go at once.
  static let mostTrials = 10
  static let mostRemovals = 60

  /// How many faults had ended before the story began without a trace, and were left as they were.
  public let earlierFaults: Int
  /// What was left out by itself, the latest first and conditions of links and clocks before faults.
  public private(set) var trials: [Trial] = []
  /// What was left out all at once: the same violation came about.
  public private(set) var together: [Item] = []
  /// In how many tries the violation shows without all of that at once, and without all that by
  /// itself is not needed either.
  public private(set) var withoutTogether = 0
  /// In how many tries it shows with all of that.
  public private(set) var withTogether = 0
  /// What the limits left untried.
  public private(set) var untried: [Item] = []
  /// How many runs it took.
  public private(set) var runs = 0

  /// Creates the result of an ablation that has been made.
  public init(
    trials: [Trial], together: [Item] = [], withoutTogether: Int = 0, withTogether: Int = 0,
    earlierFaults: Int = 0, runs: Int = 0
  ) {
    self.trials = trials
    self.together = together
    self.withoutTogether = withoutTogether
    self.withTogether = withTogether
    self.earlierFaults = earlierFaults
    self.runs = runs
  }

  /// What was left out alone and has this role.
  public func items(_ role: Role) -> [Item] { trials.filter { $0.role == role }.map(\.item) }
}

extension Ablation {
  /// Runs the world of a finding again and again, each time without some of its troubles.
  ///
  /// `since` is when the story begins. Candidates are the faults that are active then or later, or have
  /// left something behind, and the conditions of links and clocks. A run shows the violation if
  /// that comes about no later than half as long again after the story's beginning.
  public init(
    of finding: Finding, in record: RunRecord, of experiment: Experiment, since: Instant,
    limits: Limits = Limits()
  ) {
    let laboratory = Laboratory(finding, record, experiment, since)
    self.init(
      trials: [],
      earlierFaults: record.plan.entries.count { $0.begins < since } - laboratory.begunBefore)
    var work = Work(laboratory, limits)
    let candidates = laboratory.candidates
    do throws(Exhausted) {
      together = try work.removable(candidates)
      // What lies close to the violation is most often part of its cause.
      let others = candidates.reversed().filter { !together.contains($0) }
      for item in others.prefix(Self.mostTrials) { trials.append(try work.trial(of: item)) }
      let needless = together + items(.needless)
      if !needless.isEmpty {
        withTogether = try work.showsWithEverything(from: laboratory.branch)
        withoutTogether = try work.attempt(without: needless, from: laboratory.branch).shows
      }
    } catch {
      together = work.together
    }
    let tried = together + trials.map(\.item)
    untried = candidates.filter { !tried.contains($0) }
    runs = work.runs
  }

  /// The limits are reached; what is known so far stays.
  private struct Exhausted: Error {}

  /// The runs that are made, and how many more may be.
  private struct Work {
    private let laboratory: Laboratory
    private let limits: Limits
    private(set) var runs = 0
    private var events: UInt64 = 0
    private(set) var together: [Item] = []
    /// How often the violation shows with everything, by when chance is drawn anew.
    private var baselines = SortedMap<Instant, Int>()

    init(_ laboratory: Laboratory, _ limits: Limits) {
      self.laboratory = laboratory
      self.limits = limits
    }

    private mutating func effect(
      without items: [Item], neighbour: UInt64 = 0, from instant: Instant = .start
    ) throws(Exhausted) -> Effect {
      guard runs < limits.runs, events < limits.events else { throw Exhausted() }
      let (effect, count) = laboratory.run(without: items, neighbour: neighbour, from: instant)
      runs += 1
      events += count
      return effect
    }

    /// What can go all at once, the latest first; stops early where that takes too many runs.
    mutating func removable(_ candidates: [Item]) throws(Exhausted) -> [Item] {
      _ = try DeltaDebugging.shrink(
        candidates.reversed(),
        leavingOut: { (chunk, _) throws(Exhausted) in
          guard runs < Ablation.mostRemovals,
            try effect(without: together + chunk) == .same
          else { return false }
          together += chunk
          return true
        })
      together = candidates.filter(together.contains)
      return together
    }

    /// Leaves items out of the run and of its neighbours, in which chance is drawn anew from an
    /// instant on; says what the run itself shows, and how many of all show the violation.
    mutating func attempt(
      without items: [Item], from instant: Instant
    ) throws(Exhausted) -> (effect: Effect, shows: Int) {
      let own = try effect(without: items)
      return (own, try neighbours(without: items, from: instant) + (own == .same ? 1 : 0))
    }

    /// In how many tries the violation shows with everything as it was; the run itself is one.
    mutating func showsWithEverything(from instant: Instant) throws(Exhausted) -> Int {
      if let known = baselines[instant] { return known }
      let count = try neighbours(without: [], from: instant) + 1
      baselines[instant] = count
      return count
    }

    private mutating func neighbours(
      without items: [Item], from instant: Instant
    ) throws(Exhausted) -> Int {
      var count = 0
      for number in 1...UInt64(Ablation.neighbourCount)
      where try effect(without: items, neighbour: number, from: instant) == .same {
        count += 1
      }
      return count
    }

    mutating func trial(of item: Item) throws(Exhausted) -> Trial {
      let begins = laboratory.beginning(of: item)
      let with = try showsWithEverything(from: begins)
      let without = try attempt(without: [item], from: begins)
      return Trial(item: item, effect: without.effect, with: with, without: without.shows)
    }
  }
}
