import Checking
import Histories
import ProtocolKit
import Testing

@testable import Consensus
@testable import Plans
@testable import Workloads
import Workloads

/// How records made from plans are judged, and what the store promises.
struct PlanTests {
  private func anomaly(_ steps: [(function: String, input: Value, result: Value)]) -> String? {
    var history = History()
    for step in steps {
      let id = history.invoke(
        Invocation(
          process: ProcessID(1), function: step.function, key: .text("record"), input: step.input))
      history.complete(id, .ok(step.result))
    }
    return PlanWorkload.checkRecord(history).anomalies.first?.name
  }

  @Test func `a record that follows the newest plan is fine`() {
    #expect(
      anomaly([
        ("read", .none, .none), ("apply", .integer(2), .boolean(true)),
        ("apply", .integer(1), .boolean(false)), ("read", .none, .integer(2)),
      ]) == nil)
  }

  @Test func `a record that goes back to an older plan is noticed`() {
    #expect(
      anomaly([
        ("apply", .integer(2), .boolean(true)), ("apply", .integer(1), .boolean(true)),
        ("read", .none, .integer(1)),
      ]) == "record-went-back")
  }

  @Test func `a record whose plan was cleaned away is noticed`() {
    #expect(
      anomaly([("apply", .integer(2), .boolean(true)), ("read", .none, .none)]) == "empty-record")
  }

  @Test(arguments: [false, true])
  func `a stale plan applied in any case, then cleaned away, empties the record`(
    isPlanted: Bool
  ) {
    var store = PlanStore()
    _ = store.apply(.publish)
    _ = store.apply(.publish)
    _ = store.apply(.apply(plan: 2, ifNewer: !isPlanted))
    _ = store.apply(.apply(plan: 1, ifNewer: !isPlanted))
    _ = store.apply(.clean(below: 2, sparesActive: !isPlanted))
    #expect(store.answer(.record) == .record(isPlanted ? nil : 2))
  }
}
