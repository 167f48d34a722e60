/// Judges a lease by its fencing tokens, whose order is that of the holders.
///
/// Ordered by token, each acquisition is followed by the renewals and the release with its token.
/// There is no other order, so it is enough to see whether time allows it. Cost: O(n log n) for
/// sorting.
struct LeaseMonitor {
  /// What happened under one token.
  private struct Tenure {
    var acquire: Int?
    var renewals: [Int] = []
    var release: Int?
    /// The first completed step that shows that the token was given out.
    var use: Int?
  }

  private let timeline: Timeline
  private let expires: Bool
  /// The tenures by number of the token.
  private var tenures: ContiguousArray<Tenure>

  /// Finds an order in which the steps of a lease can take effect; their ranks are the tokens.
  static func order(
    of timeline: Timeline, expires: Bool
  ) throws(Obstacle) -> ContiguousArray<Int> {
    var monitor = LeaseMonitor(timeline: timeline, expires: expires)
    try monitor.findTenures()
    do {
      return try monitor.order()
    } catch {
      guard case .conflict = error, monitor.isAmbiguous else { throw error }
      throw .notApplicable("an acquisition with an unknown outcome may have got a token")
    }
  }

  private init(timeline: Timeline, expires: Bool) {
    self.timeline = timeline
    self.expires = expires
    tenures = ContiguousArray(repeating: Tenure(), count: timeline.values.elements.count)
  }

  private mutating func findTenures() throws(Obstacle) {
    for (number, step) in timeline.steps.enumerated() {
      let token = Int(step.value)
      switch step.kind {
      case .add:
        tenures[token].acquire = try single(
          number, or: tenures[token].acquire, reason: "was given out twice")
      case .find where step.isCompleted: tenures[token].renewals.append(number)
      case .remove:
        tenures[token].release = try single(
          number, or: tenures[token].release, reason: "was released twice")
      case .find, .miss, .idle, .unknown: continue
      }
      if step.isCompleted { tenures[token].use = tenures[token].use ?? number }
    }
  }

  /// The one of two steps that must have taken effect, which both cannot have.
  private func single(_ number: Int, or other: Int?, reason: String) throws(Obstacle) -> Int {
    guard let other else { return number }
    guard timeline.steps[number].isCompleted else { return other }
    guard timeline.steps[other].isCompleted else { return number }
    let token = timeline.name(ofValueAt: number)
    let acquire = tenures[Int(timeline.steps[number].value)].acquire
    throw .conflict(
      [acquire, other, number].compactMap(\.self), reason: "token \(token) \(reason)")
  }

  /// Whether a token that an open acquisition is going to get may have been given out before.
  private var isAmbiguous: Bool {
    let hasOpen = tenures.contains { tenure in
      tenure.use != nil && tenure.acquire.map { !timeline.steps[$0].isCompleted } ?? false
    }
    return hasOpen && timeline.steps.contains { $0.kind == .unknown }
  }

  /// The tokens that were given out, in ascending order.
  ///
  /// A token that nobody got is that of an acquisition with an unknown outcome; the smallest of them
  /// goes with the first of these.
  private func sortedTenures() throws(Obstacle) -> [Tenure] {
    let unknown = timeline.steps.indices.filter { timeline.steps[$0].kind == .unknown }
    var rest = unknown[...]
    var certain = tenures.filter { $0.use != nil }.sorted { rank($0) < rank($1) }
    for place in certain.indices where certain[place].acquire == nil {
      if let acquire = rest.popFirst() {
        certain[place].acquire = acquire
      } else if !unknown.isEmpty {
        throw .notApplicable("there are fewer acquisitions than tokens")
      } else if let use = certain[place].use {
        throw .conflict([use], reason: "nobody got the token \(timeline.name(ofValueAt: use))")
      }
    }
    return certain
  }

  private func rank(_ tenure: Tenure) -> Int64 {
    (tenure.acquire ?? tenure.use).map { timeline.steps[$0].rank } ?? 0
  }

  private func order() throws(Obstacle) -> ContiguousArray<Int> {
    var order: ContiguousArray<Int> = []
    /// The step that was invoked last of those in the order, with its tenure.
    var latest: (step: Int, tenure: Tenure)?
    var previous: Tenure?
    for tenure in try sortedTenures() {
      if !expires, let previous, previous.release == nil {
        throw .conflict(
          [previous.acquire, previous.use, tenure.acquire, tenure.use].compactMap(\.self),
          reason: "the lease was acquired again without having been released")
      }
      for step in steps(of: tenure) {
        if let latest, timeline.steps[step].end < timeline.steps[latest.step].start {
          throw violation(latest.step, left: latest.tenure, and: step, and: tenure)
        }
        if latest.map({ timeline.steps[$0.step].start < timeline.steps[step].start }) ?? true {
          latest = (step, tenure)
        }
        order.append(step)
      }
      previous = tenure
    }
    return order
  }

  /// The steps of a tenure in their order; a release that may not have happened is not needed where
  /// leases expire.
  private func steps(of tenure: Tenure) -> [Int] {
    let release = tenure.release.flatMap { expires && !timeline.steps[$0].isCompleted ? nil : $0 }
    return [tenure.acquire].compactMap(\.self) + tenure.renewals + [release].compactMap(\.self)
  }

  private func violation(_ first: Int, left: Tenure, and second: Int, and right: Tenure) -> Obstacle
  {
    let release = expires || left.use == right.use ? nil : left.release
    let names = [left.use, right.use].map { $0.map(timeline.name(ofValueAt:)) ?? "" }
    return .conflict(
      [left.acquire, left.use, right.acquire, right.use, release, first, second].compactMap(\.self),
      reason: names[0] == names[1]
        ? "token \(names[0]) was used before it was given out, or after it was released"
        : "token \(names[1]) was in use before token \(names[0]) was, which is smaller")
  }
}
