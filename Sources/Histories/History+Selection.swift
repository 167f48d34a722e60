import Determinism

extension History {
  /// The history of some of the operations alone; what is left keeps its order and times.
  ///
  /// The operations are numbered anew in order of invocation. Cost: O(m log m) for m of them.
  public func selecting(_ kept: [OperationID]) -> History {
    replay(kept, before: eventCount)
  }

  /// The history as it was after so many events: operations that ended later are open.
  public func prefix(eventCount end: Int) -> History {
    let invoked = operations.prefix { $0.invokedAt < end }
    return replay(invoked.indices.map { OperationID($0) }, before: end)
  }

  private func replay(_ kept: [OperationID], before end: Int) -> History {
    var events: [(event: Int, id: OperationID)] = []
    for id in kept {
      let operation = operations[id.position]
      events.append((operation.invokedAt, id))
      if let completedAt = operation.completedAt, completedAt < end {
        events.append((completedAt, id))
      }
    }
    events.sort { $0.event < $1.event }
    var history = History()
    var renamed: [OperationID: OperationID] = [:]
    for (event, id) in events {
      let operation = operations[id.position]
      if event == operation.invokedAt {
        renamed[id] = history.invoke(operation.invocation, at: operation.invocationTime)
      } else if let open = renamed[id] {
        history.complete(
          open, operation.completion, at: operation.completionTime,
          partialResult: operation.partialResult)
      }
    }
    return history
  }
}
