import Checking
import Determinism
import Histories
import ProtocolKit
import Testing

@testable import Consensus
@testable import Locks
@testable import Workloads

/// One schedule for each known bug of the recipes: it shows with the bug, and not without.
struct RecipeDefectTests {
  private func workload(
    _ recipe: RecipeWorkload.Recipe, clients: Int, _ defect: RecipeDefects, _ isPlanted: Bool
  ) -> RecipeWorkload {
    var workload = RecipeWorkload(recipe)
    workload.clients = clients
    workload.defects = isPlanted ? defect : []
    return workload
  }

  @Test(arguments: [false, true])
  func `a leader that slept through its lease goes on leading`(isPlanted: Bool) throws {
    var table = try RecipeTable(workload(.leaderElection, clients: 2, .actsAfterExpiry, isPlanted))
    try table.step(0)
    try table.serve()
    table.now = .milliseconds(250)
    try table.step(1)
    try table.serve()
    table.now = .milliseconds(400)
    try table.expire(1)
    try table.serve()
    try table.step(0)
    try table.serve()
    let assessment = RecipeWorkload.checkLeaders(table.history)
    #expect(assessment.anomalies.map(\.name) == (isPlanted ? ["deposed-leader-acted"] : []))
    let acts = table.history.operations.filter { $0.invocation.function == "act" }
    #expect(acts.count == (isPlanted ? 3 : 2))
  }

  @Test(arguments: [false, true])
  func `a member that enters again after a crash is counted twice`(isPlanted: Bool) throws {
    let workload = workload(.barrier, clients: 3, .countsRetries, isPlanted)
    var table = try RecipeTable(workload)
    for place in [0, 1] {
      try table.step(place)
      try table.serve()
    }
    try table.step(0)
    try table.serve()
    try table.crash(0)
    try table.step(0)
    try table.serve()
    try table.step(0)
    try table.serve()
    try table.step(1)
    try table.serve()
    let assessment = workload.checkBarrier(table.history)
    #expect(assessment.anomalies.map(\.name) == (isPlanted ? ["barrier-passed-early"] : []))
  }

  @Test func `members pass a barrier together, and the crashed one goes on`() throws {
    let workload = workload(.barrier, clients: 2, [], false)
    var table = try RecipeTable(workload)
    for place in [0, 1, 0] {
      try table.step(place)
      try table.serve()
    }
    try table.crash(0)
    for place in [0, 1, 0, 1, 0] {
      try table.step(place)
      try table.serve()
    }
    let passages = table.history.operations.filter { $0.completion != .info }
    #expect(passages.map(\.invocation.function) == ["enter", "enter", "leave", "leave"])
    #expect(workload.checkBarrier(table.history).outcome == .valid)
  }

  @Test(arguments: [false, true])
  func `two users who looked at the same time get one name`(isPlanted: Bool) throws {
    var workload = workload(.uniqueNames, clients: 2, .checkThenClaim, isPlanted)
    workload.names = 1
    var table = try RecipeTable(workload)
    var violation: InvariantViolation?
    do {
      for _ in 0..<20 {
        try table.step(0)
        try table.step(1)
        try table.serve()
      }
    } catch let error as InvariantViolation {
      violation = error
    }
    #expect(violation?.property == (isPlanted ? "exclusive-belief" : nil))
    let outcome = try RecipeWorkload.checkNames(table.history).outcome
    if !isPlanted { #expect(outcome == .valid) }
  }

  @Test(arguments: [false, true])
  func `a watch that begins at the present misses what came since the read`(
    isPlanted: Bool
  ) throws {
    let workload = workload(.configWatch, clients: 2, [], false)
    var table = try RecipeTable(workload, locks: isPlanted ? .readThenWatch : [])
    try table.step(1)
    try table.serve(most: 1)
    // The watch is slow on its way, and a version is published meanwhile.
    let watch = table.queue
    table.queue = []
    try table.step(0)
    try table.serve()
    table.queue = watch
    var violation: InvariantViolation?
    do {
      try table.serve()
      try table.step(0)
      try table.serve()
    } catch let error as InvariantViolation {
      violation = error
    }
    #expect(violation?.property == (isPlanted ? "watch-gapless" : nil))
  }
}
