import Histories

/// The order of writes that causal memory demands beyond what happened before what.
///
/// A read must see every write that happened before it, and the write that it returned must be
/// ordered behind all others of that key among them. Of each session only the last such write
/// matters, and vector clocks tell which that is: O(n · s) for s sessions, and halving.
struct CausalConstraints {
  /// That a write be ordered before the one that a read saw; or not be there, if it saw none.
  struct Demand {
    let write: Int
    let seen: Int?
    let read: Int
  }

  /// The writes of a session to a key, with their places in the session.
  private struct Writes {
    let session: Int
    var places: [Int32] = []
    var operations: [Int] = []

    /// The number of writes among so many first accesses of the session.
    func count(before place: Int32) -> Int {
      var low = 0
      var high = places.count
      while low < high {
        let middle = (low + high) / 2
        if places[middle] < place { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }

  private(set) var demands: [Demand] = []
  /// How many reads had to see some write of their key.
  private(set) var tests = 0

  /// For each session how many accesses of each session happened before its next one.
  private var clocks: [[Int32]]
  /// How many accesses of each session happened before or are this write.
  private var writeClocks: [[Int32]]
  /// For each key who wrote it.
  private var writers: [[Writes]]

  /// Collects the demands of a history in which `order` lists causes before effects.
  init(_ history: SessionHistory, order: [Int]) {
    let sessions = history.sessionCount
    clocks = Array(repeating: Array(repeating: 0, count: sessions), count: sessions)
    writeClocks = Array(repeating: [], count: history.registers.operations.count)
    writers = Array(repeating: [], count: history.registers.keys.count)
    noteWriters(history)
    var steps = [SessionHistory.Step?](
      repeating: nil, count: history.registers.operations.count)
    for step in history.steps { steps[step.access.operation] = step }
    for case let step? in order.map({ steps[$0] }) {
      let operation = step.access.operation
      if case .read(let seen) = step.access.kind {
        if let seen { merge(writeClocks[seen], into: step.session) }
        addDemands(step, seen: seen)
      }
      clocks[step.session][step.session] += 1
      if step.access.kind == .write { writeClocks[operation] = clocks[step.session] }
    }
  }

  private mutating func noteWriters(_ history: SessionHistory) {
    var lengths = [Int32](repeating: 0, count: history.sessionCount)
    var views = [Int?](repeating: nil, count: history.viewCount)
    for step in history.steps {
      if step.access.kind == .write {
        let key = step.access.key
        let view = views[step.view] ?? writers[key].count
        if view == writers[key].count { writers[key].append(Writes(session: step.session)) }
        views[step.view] = view
        writers[key][view].places.append(lengths[step.session])
        writers[key][view].operations.append(step.access.operation)
      }
      lengths[step.session] += 1
    }
  }

  private mutating func merge(_ clock: [Int32], into session: Int) {
    for other in clock.indices where clock[other] > clocks[session][other] {
      clocks[session][other] = clock[other]
    }
  }

  private mutating func addDemands(_ step: SessionHistory.Step, seen: Int?) {
    var hasCause = false
    for writes in writers[step.access.key] {
      let count = writes.count(before: clocks[step.session][writes.session])
      guard count > 0 else { continue }
      hasCause = true
      // What happened before the write that the read saw is ordered before it anyway.
      if let seen, writeClocks[seen][writes.session] > writes.places[count - 1] { continue }
      demands.append(
        Demand(
          write: writes.operations[count - 1], seen: seen, read: step.access.operation))
    }
    if hasCause { tests += 1 }
  }
}
