import Determinism
public import Checking
public import Histories

extension PlanWorkload {
  /// Decides whether the record, once made, was never empty and never of an older plan than before.
  ///
  /// A read must see the newest plan that a read or an application saw before it was asked. O(n log n).
  public static func checkRecord(_ history: History) -> Assessment {
    var seen: [(plan: Int64, ended: Int, id: OperationID)] = []
    var reads: [(plan: Int64, begun: Int, id: OperationID)] = []
    for (position, operation) in history.operations.enumerated() {
      let (id, ended) = (OperationID(position), operation.completedAt ?? Int.max)
      let call = operation.invocation
      switch (call.function, call.input, operation.completion) {
      case ("apply", .integer(let plan), .ok(.boolean(true))): seen.append((plan, ended, id))
      case ("read", _, .ok(.integer(let plan))):
        seen.append((plan, ended, id))
        reads.append((plan, operation.invokedAt, id))
      case ("read", _, .ok(.none)): reads.append((0, operation.invokedAt, id))
      case ("apply", _, _), ("read", _, _): break  // It showed nobody a plan.
      default: preconditionFailure("enactors apply and read")
      }
    }
    seen.sort { $0.ended < $1.ended }
    var (place, newest) = (0, (plan: Int64(0), id: OperationID(0)))
    for read in reads.sorted(by: { $0.begun < $1.begun }) {
      while place < seen.count, seen[place].ended < read.begun {
        if seen[place].plan > newest.plan { newest = (seen[place].plan, seen[place].id) }
        place += 1
      }
      guard read.plan < newest.plan else { continue }
      let isEmpty = read.plan == 0
      let text =
        isEmpty
        ? "the record was empty after plan \(newest.plan) had been applied"
        : "the record was of plan \(read.plan) after plan \(newest.plan) had been applied"
      let anomaly = Anomaly(
        isEmpty ? "empty-record" : "record-went-back", operations: [newest.id, read.id], text: text,
        about: [newest.plan, read.plan].map { Subject("plan", $0) })
      return Assessment(.invalid, anomalies: [anomaly])
    }
    return Assessment(.valid)
  }
}
