import Determinism

extension History {
  /// The history of some of the operations alone; what is left keeps its order and times.
  ///
  /// The operations are numbered anew in order of invocation. Cost: O(m log m) for m of them.
  public func selecting(_ kept: [OperationID]) -> History {
    var events: [(event: Int, id: OperationID)] = []
    for id in kept {
      let operation = operations[id.position]
      events.append((operation.invokedAt, id))
      if let end = operation.completedAt { events.append((end, id)) }
    }
    events.sort { $0.event < $1.event }
    var selection = History()
    var open: [OperationID: OperationID] = [:]
    for (event, id) in events {
      let operation = operations[id.position]
      if let renamed = open[id], event != operation.invokedAt {
        selection.complete(
          renamed, operation.completion, at: operation.completionTime,
          partialResult: operation.partialResult)
      } else {
        open[id] = selection.invoke(operation.invocation, at: operation.invocationTime)
      }
    }
    return selection
  }
}
