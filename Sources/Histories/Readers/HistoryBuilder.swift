import Determinism

/// Pairs invocations with completions by process, and reports what does not fit together.
struct HistoryBuilder {
  private(set) var history = History()
  /// The open operation of each process; looked up, never iterated.
  private var open: [ProcessID: OperationID] = [:]

  /// What a process is waiting for.
  func openInvocation(of process: ProcessID) -> Invocation? {
    open[process].map { history.operations[$0.position].invocation }
  }

  /// Adds an invocation found at an offset of the source.
  mutating func invoke(
    _ invocation: Invocation, at offset: Int, of source: SourceText, time: Instant? = nil
  ) throws(HistoryError) {
    let process = invocation.process
    if let previous = open[process] {
      let function = history.operations[previous.position].invocation.function
      throw source.error(
        at: offset,
        message:
          "process \(process.number) invokes \(invocation.function) while its \(function) is open",
        fix: "complete the \(function) first, with info if its outcome is unknown")
    }
    open[process] = history.invoke(invocation, at: time)
  }

  /// Adds a completion found at an offset of the source.
  mutating func complete(
    _ process: ProcessID, function: String, _ completion: Completion, at offset: Int,
    of source: SourceText, time: Instant? = nil, partialResult: Value = .none
  ) throws(HistoryError) {
    guard let id = open[process] else {
      throw source.error(
        at: offset,
        message: "process \(process.number) completes \(function) without having invoked it",
        fix: "add the invocation, or remove this completion")
    }
    let invoked = history.operations[id.position].invocation.function
    guard invoked == function else {
      throw source.error(
        at: offset,
        message: "process \(process.number) invoked \(invoked) but completes \(function)",
        fix: "give both the same function")
    }
    open[process] = nil
    history.complete(id, completion, at: time, partialResult: partialResult)
  }
}
