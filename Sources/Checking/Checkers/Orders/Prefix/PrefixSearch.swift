/// Looks for one order of writes and reads that respects all constraints.
///
/// Where it is open on which side of a read another write lies, it is settled first what follows
/// from the rest; that mostly leaves no choice. Then one order is tried, and where it shows a read
/// something else, both sides are tried in turn. Each round costs edges × nodes / 64 steps. There
/// are exponentially many rounds in the worst case, but few where every key has one writer, since
/// the order of its writes is then known.
struct PrefixSearch {
  /// What came of the search.
  enum Answer {
    /// Writes and reads in an order that shows every read what it returned.
    case order([Int])
    /// A cycle of what must come before what.
    case cycle([ReasonGraph<PrefixReason>.Edge])
    /// A write that can lie neither before the one that a read saw nor behind that read.
    case dilemma(PrefixConstraints.Choice, other: Int)
    /// Too many rounds, or too little memory for one.
    case exhausted
  }

  private let history: PrefixHistory
  private let choices: [PrefixConstraints.Choice]
  private let extensions: PrefixExtensions
  private var steps: Int
  private let bytes: Int

  init(
    _ history: PrefixHistory, choices: [PrefixConstraints.Choice], limits: SearchLimits
  ) {
    self.history = history
    self.choices = choices
    steps = limits.configurations
    bytes = limits.bytes
    extensions = PrefixExtensions(history, choices: choices)
  }

  mutating func run(_ graph: ReasonGraph<PrefixReason>) -> Answer {
    var graph = graph
    repeat {
      let successors = ReasonGraph<PrefixReason>.Adjacency(graph)
      let order = graph.sources(successors)
      guard order.count == graph.nodeCount else { return .cycle(graph.shortCycle() ?? []) }
      if choices.isEmpty { return .order(extensions.order(graph, successors: successors)) }
      steps -= graph.nodeCount
      guard steps >= 0, Reachability.bytes(nodes: graph.nodeCount) <= bytes
      else { return .exhausted }
      let news = conclusions(Reachability(graph, successors: successors, order: order))
      if news.isEmpty { break }
      for (source, target, reason) in news { graph.addEdge(source, target: target, reason: reason) }
    } while true
    let order = extensions.order(graph, successors: .init(graph))
    guard let (choice, other) = extensions.firstFailure(order) else { return .order(order) }
    return fork(graph, choice: choice, and: other)
  }

  /// Tries a write on both sides of a read and the write that it saw.
  private mutating func fork(
    _ graph: ReasonGraph<PrefixReason>, choice: PrefixConstraints.Choice, and other: Int
  ) -> Answer {
    var isExhausted = false
    for isBefore in [true, false] {
      var attempt = graph
      if isBefore {
        attempt.addEdge(other, target: choice.write, reason: .overwritten(choice.read))
      } else {
        attempt.addEdge(choice.read, target: other, reason: .hidden)
      }
      switch run(attempt) {
      case .order(let order): return .order(order)
      case .exhausted: isExhausted = true
      case .cycle, .dilemma: break
      }
    }
    return isExhausted ? .exhausted : .dilemma(choice, other: other)
  }

  /// The sides of reads on which writes must lie because of what is known already.
  private func conclusions(
    _ known: Reachability
  ) -> [(source: Int, target: Int, reason: PrefixReason)] {
    var news: [(source: Int, target: Int, reason: PrefixReason)] = []
    for choice in choices {
      for other in history.writers[choice.key] where other != choice.write {
        if known.leads(other, target: choice.read) {
          guard !known.leads(other, target: choice.write) else { continue }
          news.append((other, choice.write, .overwritten(choice.read)))
        } else if known.leads(choice.write, target: other), !known.leads(choice.read, target: other)
        {
          news.append((choice.read, other, .hidden))
        }
      }
    }
    return news
  }
}
