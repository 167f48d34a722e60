import Determinism
import Histories

/// What happened before what: the order of sessions, and each write before the reads that saw it.
struct CausalOrder {
  /// Why one operation comes before another.
  enum Reason {
    /// It was made before in the same session.
    case session
    /// It is the write that a read saw.
    case seen
    /// Both are writes of a key, the first happened before this read, and that saw the second.
    case hidden(Int)
  }

  typealias Edge = ReasonGraph<Reason>.Edge

  private(set) var graph: ReasonGraph<Reason>
  let registers: RegisterHistory

  init(_ history: SessionHistory) {
    registers = history.registers
    graph = ReasonGraph(operationCount: registers.operations.count)
    var last = [Int?](repeating: nil, count: history.sessionCount)
    for step in history.steps {
      let operation = step.access.operation
      if let last = last[step.session] { graph.addEdge(last, target: operation, reason: .session) }
      last[step.session] = operation
      if case .read(from: let write?) = step.access.kind {
        graph.addEdge(write, target: operation, reason: .seen)
      }
    }
  }

  /// A read that comes before the write that it returned, going by sessions and by what reads saw.
  var futureRead: Anomaly? {
    graph.shortCycle().map { cycle in
      let (operations, sentences) = describe(cycle)
      return Anomaly(
        "future-read", operations: operations.map { OperationID($0) },
        text: "a value was read before it was written: " + sentences.joined(separator: "; "))
    }
  }

  /// The operations at which a path or cycle changes sessions, and its steps in words.
  func describe(_ path: [Edge]) -> (operations: [Int], sentences: [String]) {
    var path = path
    // A cycle may begin anywhere; here not within a session.
    if path.first?.source == path.last?.target,
      let start = path.firstIndex(where: { if case .session = $0.reason { false } else { true } })
    {
      path = Array(path[start...] + path[..<start])
    }
    var operations: [Int] = []
    var sentences: [String] = []
    var sessionStart: Int?
    for (place, edge) in path.enumerated() {
      let (source, target) = (sessionStart ?? Int(edge.source), Int(edge.target))
      var sentence = "\(registers.words(source)) was seen by \(registers.words(target))"
      switch edge.reason {
      case .seen: break
      case .session:
        if place + 1 < path.count, case .session = path[place + 1].reason {
          sessionStart = source
          continue
        }
        let process = registers.operations[source].invocation.process.number
        sentence =
          "process \(process) made \(registers.words(source)) before "
          + registers.words(target)
      case .hidden(let read):
        sentence =
          "\(registers.words(source)) happened before \(registers.words(read)), which "
          + "saw \(registers.words(target)) instead"
      }
      sessionStart = nil
      operations += [source, target]
      sentences.append(sentence)
    }
    return (Set(operations).sorted(), sentences)
  }
}
