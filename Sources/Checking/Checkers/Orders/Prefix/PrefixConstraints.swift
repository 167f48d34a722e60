import Determinism
import Histories

/// What must come before what, if all reads return states of one order of writes.
///
/// Nodes are operations. A read comes after the writes that it saw and before those that it missed
/// or that follow it in the history. In a list the order of writes shows; in a register it may stay
/// open whether another write comes before the one that a read saw, or after the read.
struct PrefixConstraints {
  /// A read of a register that found this write.
  struct Choice {
    let read: Int
    let write: Int
    let key: Int
  }

  /// What the order of writes has to respect.
  enum Precedence {
    /// The order of each process.
    case session
    /// Completion before invocation.
    case realTime
  }

  private(set) var graph: ReasonGraph<PrefixReason>
  private(set) var choices: [Choice] = []
  /// Pairs of reads of a list neither of which is a prefix of the other, one for a list.
  private(set) var forks: [Anomaly] = []

  private let history: PrefixHistory

  init(_ history: PrefixHistory, precedence: Precedence) {
    self.history = history
    graph = ReasonGraph(operationCount: history.operations.count)
    switch precedence {
    case .session: addSessions()
    case .realTime: addRealTime()
    }
    var sights = history.keys.map { _ in [(read: Int, writes: [Int])]() }
    for read in history.reads {
      for sight in read.sights { sights[sight.key].append((read.operation, sight.writes)) }
    }
    for key in history.keys.indices {
      if history.isList[key] == true {
        addList(key, sights: sights[key])
      } else {
        addRegister(key, sights: sights[key])
      }
    }
  }

  /// Orders each write behind what its process did before.
  private mutating func addSessions() {
    var last: [ProcessID: [Int]] = [:]
    for (position, operation) in history.operations.enumerated() {
      let process = operation.invocation.process
      if history.isWrite[position] {
        for before in last[process] ?? [] {
          graph.addEdge(before, target: position, reason: .precedence)
        }
        last[process] = [position]
      } else if case .ok = operation.completion {
        last[process, default: []].append(position)
      }
    }
  }

  /// Orders each write behind what completed before it was invoked, by way of a chain of helpers.
  private mutating func addRealTime() {
    var events = [(position: Int, isEnd: Bool)?](
      repeating: nil, count: 2 * history.operations.count)
    for (position, operation) in history.operations.enumerated() {
      if history.isWrite[position] { events[operation.invokedAt] = (position, false) }
      if case .ok = operation.completion, let end = operation.completedAt {
        events[end] = (position, true)
      }
    }
    var chain: Int?
    var ended: [Int] = []
    for case let (position, isEnd)? in events {
      if isEnd {
        ended.append(position)
        continue
      }
      if !ended.isEmpty {
        let next = graph.addHelper()
        if let chain { graph.addEdge(chain, target: next, reason: .helper) }
        for before in ended { graph.addEdge(before, target: next, reason: .helper) }
        chain = next
        ended = []
      }
      if let chain { graph.addEdge(chain, target: position, reason: .precedence) }
    }
  }

  /// Orders the writes of a list as its longest read shows them.
  private mutating func addList(_ key: Int, sights: [(read: Int, writes: [Int])]) {
    guard let longest = sights.max(by: { $0.writes.count < $1.writes.count }) else { return }
    for (before, after) in zip(longest.writes, longest.writes.dropFirst()) {
      graph.addEdge(before, target: after, reason: .listed(longest.read))
    }
    var end: Int?
    let listed = Set(longest.writes)
    let missing = history.writers[key].filter { !listed.contains($0) }
    for sight in sights {
      guard longest.writes.starts(with: sight.writes) else {
        noteFork(key, read: sight.read, longest: longest.read)
        continue
      }
      if let last = sight.writes.last { graph.addEdge(last, target: sight.read, reason: .seen) }
      if sight.writes.count < longest.writes.count {
        graph.addEdge(sight.read, target: longest.writes[sight.writes.count], reason: .missed)
      } else if let end {
        graph.addEdge(sight.read, target: end, reason: .helper)
      } else {
        end = addHelper(after: sight.read, before: missing)
      }
    }
  }

  private mutating func addRegister(_ key: Int, sights: [(read: Int, writes: [Int])]) {
    var start: Int?
    for sight in sights {
      if let write = sight.writes.first {
        graph.addEdge(write, target: sight.read, reason: .seen)
        if history.writers[key].count > 1 {
          choices.append(Choice(read: sight.read, write: write, key: key))
        }
      } else if let start {
        graph.addEdge(sight.read, target: start, reason: .helper)
      } else {
        start = addHelper(after: sight.read, before: history.writers[key])
      }
    }
  }

  /// Adds a helper that stands between reads and all the writes that they missed.
  private mutating func addHelper(after read: Int, before writes: [Int]) -> Int {
    let helper = graph.addHelper()
    graph.addEdge(read, target: helper, reason: .helper)
    for write in writes { graph.addEdge(helper, target: write, reason: .missed) }
    return helper
  }

  private mutating func noteFork(_ key: Int, read: Int, longest: Int) {
    guard forks.last?.key != history.keys[key] else { return }
    forks.append(
      Anomaly(
        "forked-list", key: history.keys[key],
        operations: [read, longest].sorted().map { OperationID($0) },
        text: "neither of \(history.words(read)) and \(history.words(longest)) is a prefix of "
          + "the other"))
  }
}
