import Determinism
import Simulation
public func benchRef(_ n: Int) -> UInt64 { var r = ReferenceLoop(seed: 1); return r.run(events: n) }
public func benchEcho(_ n: UInt64) -> UInt64 {
  var c = WorldConfiguration(cluster: ClusterShape(serverCount: 5, clientCount: 0),
    links: LinkConditions(delay: .uniform(shortest: Nanoseconds(500), longest: Nanoseconds(1499)), loss: .percent(1)),
    journalSync: .constant(.microseconds(100)), chaos: .seconds(1000), quiet: .zero)
  c.eventLimit = n
  var w = Simulator<Echo>(configuration: c, machine: .init(nodeCount: 5), plan: FaultPlan(), seed: 1)
  try? w.run()
  print(w.eventCount, w.now, w.evidence.messagesLost)
  return w.digest.value
}
