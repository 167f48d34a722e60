import Determinism
import ProtocolKit
import Simulation
import Testing

/// Runs that are stopped, changed and continued, and what their records say.
@Suite struct BranchTests {
  private func world(recording: RecordingLevel = .none) -> World {
    World(
      .chatter, nodes: 3,
      links: LinkConditions(delay: .constant(.microseconds(300)), loss: .percent(30)),
      leaders: [1], recording: recording)
  }

  @Test func `a stop on the way changes nothing`() throws {
    var world = world()
    try world.run(until: .start + .milliseconds(40))
    #expect(world.now < .start + .milliseconds(40))
    #expect(world.now > .start + .milliseconds(38))
    try world.run()
    #expect(world.digest == (try self.world().finished().digest))
  }

  @Test func `links that are changed on the way keep what happened before`() throws {
    var world = world()
    try world.run(until: .start + .milliseconds(40))
    let lost = world.evidence[.messagesLost]
    let past = world.digest
    #expect(lost > 0)
    world.changeLinks { links in
      var links = links
      links.loss = .zero
      return links
    }
    #expect(world.digest == past)
    try world.run()
    #expect(world.evidence[.messagesLost] == lost)
  }

  @Test func `a record says who begins to lead, and that a crash ends it`() throws {
    let crash = FaultPlan.Entry(.crash(CrashFault(node: NodeID(1))), from: 5_000, to: 8_000)
    let world = try World(
      .chatter, nodes: 2, faults: [crash], leaders: [1], recording: .events
    ).finished()
    let turns = world.recorder.events.flatMap { event in
      event.details.compactMap { detail -> String? in
        if case .leads(let node, let leads) = detail {
          "\(event.kind) \(node) \(leads)"
        } else {
          nil
        }
      }
    }
    #expect(turns == ["start n2 true", "faultBegins n2 false", "faultEnds n2 true"])
  }

  @Test func `a record keeps messages and losses as data, and their words`() throws {
    let world = try world(recording: .events).finished()
    var losses = 0
    for event in world.recorder.events {
      if case .message(let text, let sender) = event.content {
        #expect(event.text == "\(sender) -> \(event.node)  \(text)")
        #expect(event.node != sender)
      }
      for detail in event.details {
        guard case .lost(let text, let from, let to, let reason) = detail else { continue }
        losses += 1
        #expect(reason == .chance)
        #expect(event.notes.contains("lost on its way: \(from) -> \(to)  \(text)"))
      }
    }
    #expect(losses == world.evidence[.messagesLost])
  }
}
