import Determinism
import ProtocolKit
import Testing

@testable import Simulation

/// What goes beyond a promise is told apart, and is not injected by chance.
struct FaultContractTests {
  private let cluster = ClusterShape(serverCount: 3, clientCount: 1)
  private let contract = FaultContract(
    maxDown: .atMost(1), driftMost: 1_000, kinds: [.cut, .crash, .clock])

  private func crash(_ node: Int, at begins: Int64, for lasts: Int64) -> FaultPlan.Entry {
    FaultPlan.Entry(
      begins: .start + .milliseconds(begins), lasts: .milliseconds(lasts),
      fault: .crash(CrashFault(node: NodeID(node))))
  }

  private func breach(_ entries: [FaultPlan.Entry], until end: Int64 = 1_000) -> Fault? {
    contract.firstBreach(
      in: FaultPlan(entries), of: cluster, until: .start + .milliseconds(end))
  }

  @Test func `one server down at a time is inside, a second one is outside`() {
    #expect(breach([crash(0, at: 1, for: 5), crash(1, at: 7, for: 5)]) == nil)
    let second = crash(1, at: 4, for: 5)
    #expect(breach([second, crash(0, at: 1, for: 5)]) == second.fault)
  }

  @Test func `damage that outlives its fault keeps counting`() {
    let rot = FaultPlan.Entry(
      begins: .start + .milliseconds(1), lasts: .milliseconds(1),
      fault: .bitRot(BitRotFault(node: NodeID(0), place: 7)))
    let contract = FaultContract(maxDown: .atMost(1), driftMost: 0, kinds: FaultKind.allCases)
    let later = crash(1, at: 500, for: 5)
    let breach = contract.firstBreach(
      in: FaultPlan([rot, later]), of: cluster, until: .start + .seconds(1))
    #expect(breach == later.fault)
  }

  @Test func `a client down does not count`() {
    #expect(breach([crash(0, at: 1, for: 5), crash(3, at: 2, for: 5)]) == nil)
  }

  @Test func `what begins after the violation does not excuse it`() {
    let entries = [crash(0, at: 1, for: 50), crash(1, at: 20, for: 5)]
    #expect(breach(entries, until: 10) == nil)
    #expect(breach(entries, until: 20) != nil)
  }

  @Test func `kinds and drifts that are not promised are outside`() {
    let pause = FaultPlan.Entry(
      begins: .start, lasts: .seconds(1), fault: .pause(PauseFault(node: NodeID(0))))
    #expect(breach([pause]) == pause.fault)
    for (drift, isInside) in [
      (Int64(1_000), true), (-1_000, true), (1_001, false), (-1_001, false),
    ] {
      let clock = ClockFault(node: NodeID(0), drift: drift, step: .zero)
      let entry = FaultPlan.Entry(begins: .start, lasts: .seconds(1), fault: .clock(clock))
      #expect((breach([entry]) == nil) == isInside, "drift \(drift)")
    }
  }

  @Test(arguments: UInt64(0)..<30)
  func `the sampler stays inside the contract`(seed: UInt64) {
    var profile = FaultProfile.everything
    profile.contract = contract
    let plan = profile.plan(for: cluster, within: .seconds(1), Randomness(seed: seed))
    #expect(!plan.entries.isEmpty, "seed \(seed)")
    let breach = contract.firstBreach(in: plan, of: cluster, until: .start + .seconds(2))
    #expect(breach == nil, "seed \(seed): \(String(describing: breach))")
  }

  @Test(arguments: FaultKind.allCases)
  func `every kind of fault has evidence that reports count`(kind: FaultKind) {
    #expect(FaultEvidence().counts.contains { $0.name == kind.evidence }, "\(kind.evidence)")
  }
}
