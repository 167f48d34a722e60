/// The order of writes that a choice of session guarantees demands of a history.
///
/// A read must see the write that it returned, the writes that its session made before (read your
/// writes) and whatever earlier reads of the session had to see (monotonic reads); the write that
/// it returned must be ordered behind all others of that key among them. The other two guarantees
/// order writes directly. These sets are the least ones possible, and demands only grow with them.
/// So the guarantees hold exactly if no read of an initial value had to see a write, and the
/// demands form no cycle. The cost is linear in operations.
struct SessionConstraints {
  /// Why one write must be ordered before another, or seen by a read.
  struct Reason {
    enum Rule {
      case readYourWrites, monotonicReads, monotonicWrites, writesFollowReads
      /// An edge to a helper, which is half a reason.
      case helper
    }

    let rule: Rule
    /// The reads that show it.
    var reads: [Int] = []
  }

  /// What a session must see when it reads a key.
  private struct View {
    /// A write behind which all earlier ones are ordered already, and the read that returned it.
    var top: (write: Int, read: Int)?
    /// Own writes since.
    var pending: [Int] = []
    /// A helper behind own writes, and own writes since.
    var own: Int?
    var newOwn: [Int] = []
  }

  private struct Session {
    var lastWrite: Int?
    /// A helper behind everything that was seen, and what was seen since, each with its read.
    var seen: Int?
    var newlySeen: [(write: Int, read: Int)] = []
    /// Own writes that no read had to see yet.
    var unread: [Int] = []
  }

  private let guarantees: SessionGuarantees
  private(set) var graph: ReasonGraph<Reason>
  /// A read of an initial value that had to see a write.
  private(set) var missed: (read: Int, write: Int, reason: Reason)?

  private var views: [View]
  private var sessions: [Session]
  /// The session of each write that was already made.
  private var authors: [Int?]

  init(_ history: SessionHistory, guarantees: SessionGuarantees) {
    self.guarantees = guarantees
    let count = history.registers.operations.count
    graph = ReasonGraph(operationCount: count)
    views = Array(repeating: View(), count: history.viewCount)
    sessions = Array(repeating: Session(), count: history.sessionCount)
    authors = Array(repeating: nil, count: count)
    for step in history.steps {
      let operation = step.access.operation
      switch step.access.kind {
      case .write: addWrite(operation, step: step)
      case .read(from: nil): addInitialRead(operation, step: step)
      case .read(from: let write?): addRead(operation, of: write, step: step)
      }
      if missed != nil { return }
    }
  }

  private mutating func addWrite(_ write: Int, step: SessionHistory.Step) {
    authors[write] = step.session
    if guarantees.contains(.readYourWrites) {
      views[step.view].pending.append(write)
      if !guarantees.contains(.monotonicReads) { views[step.view].newOwn.append(write) }
      sessions[step.session].unread.append(write)
    }
    if guarantees.contains(.monotonicWrites) {
      if let last = sessions[step.session].lastWrite {
        graph.addEdge(last, target: write, reason: Reason(rule: .monotonicWrites))
      }
      sessions[step.session].lastWrite = write
    }
    if guarantees.contains(.writesFollowReads) { follow(write, session: step.session) }
  }

  /// Orders a write behind everything that its session has seen.
  private mutating func follow(_ write: Int, session: Int) {
    if !sessions[session].newlySeen.isEmpty {
      let helper = graph.addHelper()
      if let seen = sessions[session].seen {
        graph.addEdge(seen, target: helper, reason: Reason(rule: .helper))
      }
      for (seen, read) in sessions[session].newlySeen {
        graph.addEdge(seen, target: helper, reason: Reason(rule: .helper, reads: [read]))
      }
      sessions[session].seen = helper
      sessions[session].newlySeen = []
    }
    guard let seen = sessions[session].seen else { return }
    graph.addEdge(seen, target: write, reason: Reason(rule: .writesFollowReads))
  }

  private mutating func addInitialRead(_ read: Int, step: SessionHistory.Step) {
    if guarantees.contains(.monotonicReads), let top = views[step.view].top {
      missed = (read, top.write, Reason(rule: .monotonicReads, reads: [top.read, read]))
    } else if let own = views[step.view].pending.first ?? views[step.view].top?.write {
      missed = (read, own, Reason(rule: .readYourWrites, reads: [read]))
    }
    noteSeen(nil, by: read, session: step.session)
  }

  private mutating func addRead(_ read: Int, of write: Int, step: SessionHistory.Step) {
    let isMonotonic = guarantees.contains(.monotonicReads)
    if isMonotonic || guarantees.contains(.readYourWrites) && authors[write] == step.session {
      // From now on everything that must be seen is ordered before this write, or is this write.
      if let top = views[step.view].top, top.write != write {
        let reason =
          isMonotonic
          ? Reason(rule: .monotonicReads, reads: [top.read, read])
          : Reason(rule: .readYourWrites, reads: [read])
        graph.addEdge(top.write, target: write, reason: reason)
      }
      for own in views[step.view].pending where own != write {
        graph.addEdge(own, target: write, reason: Reason(rule: .readYourWrites, reads: [read]))
      }
      views[step.view].top = (write, read)
      views[step.view].pending = []
    } else if guarantees.contains(.readYourWrites) {
      orderOwnWrites(before: write, read: read, view: step.view)
    }
    noteSeen(write, by: read, session: step.session)
  }

  /// Orders the own writes of a key before that of another session, through a helper: a later read
  /// of another session's write has to see them again.
  private mutating func orderOwnWrites(before write: Int, read: Int, view: Int) {
    if !views[view].newOwn.isEmpty {
      let helper = graph.addHelper()
      for before in [views[view].own].compactMap({ $0 }) + views[view].newOwn {
        graph.addEdge(before, target: helper, reason: Reason(rule: .helper))
      }
      views[view].own = helper
      views[view].newOwn = []
    }
    guard let own = views[view].own else { return }
    graph.addEdge(own, target: write, reason: Reason(rule: .readYourWrites, reads: [read]))
  }

  private mutating func noteSeen(_ write: Int?, by read: Int, session: Int) {
    guard guarantees.contains(.writesFollowReads) else { return }
    for own in sessions[session].unread { sessions[session].newlySeen.append((own, read)) }
    sessions[session].unread = []
    if let write { sessions[session].newlySeen.append((write, read)) }
  }
}
