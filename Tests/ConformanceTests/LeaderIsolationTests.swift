import Text
import Catalog
import SystemKit
import Exploration
import Scenarios
import Simulation
import Testing

/// A fault that looks for the leader finds Raft's.
struct LeaderIsolationTests {
  private func events(seed: UInt64) throws -> [TraceEvent] {
    let text = """
      {
        orrery: 1, name: "raft/isolate-leader", summary: "The leader is isolated once.",
        system: { protocol: "raft", roles: { server: 5 } },
        clients: { workload: "key-value", count: 2, operations: 100, keys: 1,
                   mix: { read: 1, write: 1, cas: 1 }, think: ["1ms", "20ms"] },
        faults: {
          script: [{ at: "1s", for: "1s", do: "partition", shape: "isolate-leader", group: ["n1"] }],
        },
        phases: { chaos: "3s", quiet: "1s" },
      }
      """
    let scenario = try Scenario(SourceText(text, file: "a.json5"))
    let record = try OrreryCatalog.systems.experiment(for: scenario).run(
      seed: seed, recording: .events)
    #expect(record.outcome.finding == nil, "seed \(seed)")
    return Array(record.recorder.events)
  }

  @Test(arguments: UInt64(1)...10)
  func `the isolated server led, and another one leads after it`(seed: UInt64) throws {
    let events = try events(seed: seed)
    let begins = try #require(events.firstIndex { $0.kind == .faultBegins })
    let ends = try #require(events.firstIndex { $0.kind == .faultEnds })
    let elections = events.indices.filter { events[$0].notes.contains("mark: leader-elected") }
    let leader = events[try #require(elections.last { $0 < begins })].node
    #expect(
      events[begins].text.hasPrefix("isolate-leader partition {\(leader)} |"), "seed \(seed)")
    #expect(events[ends].text.contains("{\(leader)} |"), "seed \(seed)")
    let next = try #require(elections.first { $0 > begins && $0 < ends }, "seed \(seed)")
    #expect(events[next].node != leader, "seed \(seed)")
    let isHeard = events[begins..<ends].contains { event in
      event.kind == .deliver && event.text.hasPrefix("\(leader) ->")
        && !event.notes.contains("lost: the link is cut")
    }
    #expect(!isHeard, "seed \(seed)")
  }
}
