import Determinism
import Histories
import ProtocolKit
import Testing

@testable import Checking
@testable import Exploration
@testable import Reporting
@testable import Simulation

/// What a story says, apart from its layout.
@Suite struct StoryTests {
  private let cut = Fault.cut(
    CutFault(shape: .split, group: [NodeID(0)], others: [NodeID(1), NodeID(2)]))

  /// A write that a majority has, and a read at a server that does not know of it.
  private func staleRead() -> ScriptedRun {
    var run = ScriptedRun(servers: 2, clients: 2)
    let key = Value.integer(4)
    let write = run.ask(
      10, at: 3,
      Invocation(process: ProcessID(0), function: "write", key: key, input: .integer(1)))
    let begun = run.fault(
      .cut(CutFault(shape: .isolate, group: [NodeID(0)], others: [NodeID(1)])),
      from: 11, to: 90)
    let wrote = run.message(
      12, "write 1", from: 3, to: 1, sentBy: 1, .told("n1 stores 1"),
      .lost(message: "copy of 1", from: NodeID(0), to: NodeID(1), .cut))
    run.learn(13, at: 3, from: 1, sentBy: wrote, write, .ok(.none))
    let read = run.ask(
      50, at: 4, Invocation(process: ProcessID(1), function: "read", key: key))
    let asked = run.message(51, "read", from: 4, to: 2, sentBy: UInt64(begun) + 3)
    run.learn(52, at: 4, from: 2, sentBy: asked, read, .ok(.none))
    run.explanation = Explanation(
      key: key, operation: read, event: 3, isFirst: true, completedBefore: 1,
      linearization: [write],
      possibleStates: ["1"], possibleStateCount: 1)
    run.essential = EssentialOperations(
      operations: [write, read], forgotten: 5, isSufficient: true)
    return run
  }

  @Test func `a lost write is told from what clients saw to why that is impossible`() throws {
    let story = try #require(Story(staleRead().record))
    #expect(story.headline == "A read returned nothing although something had been written.")
    #expect(story.key == "4")
    #expect(story.clients.map(\.node) == ["n3", "n4"])
    #expect(story.clients.map(\.text) == ["write 1", "read"])
    #expect(story.clients.map(\.answer) == ["ok", "nil"])
    #expect(story.clients.map(\.is_impossible) == [false, true])
    #expect(
      story.happened.map(\.text) == [
        "n3 asks: write 1.",
        "F1 cuts n1 off from n2, for 79.0 ms.",
        "n1 gets \"write 1\" from n3. n1 stores 1. What it sends to n2 is lost (F1).",
        "n3 learns from n1: write 1 -> ok.",
        "n4 asks: read.",
        "n4 learns from n2: read -> nil.",
      ])
    #expect(
      story.why == [
        "\"write 1\" ended at 13.0 ms, before \"read -> nil\" began at 50.0 ms.",
        "So they took effect in this order, if each did at one instant.",
        "When the read took effect, key 4 could only be 1; none of these lets it answer nil.",
        "The 5 other operations cannot save it: no order fits even if each of them happened at "
          + "any time, or never.",
      ])
    #expect(story.faults.map(\.name) == ["F1"])
    #expect(story.diagram.borders.map(\.pairs) == [[["n2", "n1"], ["n1", "n2"]]])
  }

  @Test func `a broken rule is told with the reason why it is one`() throws {
    var run = ScriptedRun()
    run.timer(1, at: 2, .told("n2 begins"))
    run.detail = "\(NodeID(1)) broke it"
    let story = try #require(Story(run.record))
    #expect(story.headline == "A rule is broken.")
    #expect(story.why == ["n2 broke it.", "It matters."])
    #expect(story.clients.isEmpty && story.key == nil && story.needed == nil)
  }

  @Test func `only faults that play a part have a name`() throws {
    var run = ScriptedRun()
    _ = run.fault(cut, from: 1, to: 3)
    let early = run.add(3, .faultEnds, at: 1, cause: 1, .fault(cut, number: 0, lasts: .zero))
    _ = run.fault(.crash(CrashFault(node: NodeID(2))), from: 4, to: 20)
    _ = run.fault(.pause(PauseFault(node: NodeID(1))), from: 5, to: 20)
    run.timer(6, at: 2, .told("n2 acts"))
    #expect(early == 2)
    let untested = try #require(Story(run.record))
    #expect(untested.faults.map(\.text) == ["pause n2"])
    let report = Ablation(
      trials: [
        Ablation.Trial(item: .fault(1), effect: .none, with: 6, without: 0),
        Ablation.Trial(
          item: .trouble(.reordering), effect: .other(property: "p", kind: "k"), with: 6,
          without: 5),
      ], together: [.fault(2), .trouble(.loss)], withoutTogether: 5, withTogether: 6,
      earlierFaults: 1, runs: 3)
    let tested = try #require(Story(run.record) { _ in report })
    #expect(tested.faults.map(\.text) == ["crash n3"])
    let needed = try #require(tested.needed)
    #expect(
      needed.alone.map(\.text) == ["F1 crash n3", "messages that are held back and overtaken"])
    #expect(needed.alone.map(\.without) == [0, 5] && needed.alone.map(\.with) == [6, 6])
    #expect(needed.alone.map(\.role) == [.needed, .needless] && needed.tries == 6)
    #expect(needed.alone.map(\.instead) == [nil, "p: k"])
    #expect(needed.together[0].hasPrefix("pause n2 at "))
    #expect(
      needed.together[1] == "messages that are lost by chance" && needed.without_together == 5)
  }

  @Test func `a violation is tested from the first event of its story`() throws {
    var since: Instant?
    var run = ScriptedRun()
    run.timer(7, at: 3, .told("n3 does something else"))
    let first = run.timer(8, at: 1)
    run.message(9, from: 1, to: 2, sentBy: first, .told("n2 is wrong"))
    _ = Story(run.record) { instant in
      since = instant
      return nil
    }
    #expect(since == .start + .milliseconds(8))
    run.isAboutAll = true
    _ = Story(run.record) { instant in
      since = instant
      return nil
    }
    #expect(since == .start)
  }

  @Test func `quiet parts are folded with what happened and got lost in them`() throws {
    var run = ScriptedRun()
    let first = run.timer(10, at: 1, .told("n1 begins"))
    for time in Int64(20)..<25 {
      run.timer(
        time, at: 3, .lost(message: "m", from: NodeID(2), to: NodeID(0), .chance))
    }
    run.message(100, from: 1, to: 2, sentBy: first, .told("n2 ends it"))
    let rows = try #require(Story(run.record)).diagram.rows
    #expect(rows.map(\.kind) == [.timer, .gap, .message])
    #expect(rows[1].label == "5 events, 5 lost" && rows[1].ns == 90_000_000)
  }

  @Test func `a message that something overtook tells when it was sent`() throws {
    var run = ScriptedRun()
    let vote = run.timer(1, at: 1, .told("n1 votes in term \(Subject("term", 1))"))
    run.timer(5, at: 2, .told("n2 is in term \(Subject("term", 2))"))
    run.message(9, "vote", from: 1, to: 2, sentBy: vote, .told("n2 counts it"))
    run.detail = "\(NodeID(1)) counts in term \(Subject("term", 2))"
    let story = try #require(Story(run.record))
    #expect(story.happened.last?.text == "n2 gets \"vote\" from n1 (sent at 1.0 ms). n2 counts it.")
  }

  @Test func `the records for other programs have three cells on one line`() throws {
    var run = staleRead()
    run.timer(53, at: 4, .told("n4 says\ttwo\nlines"))
    for record in try #require(Story(run.record)).records {
      #expect(record.count == 3)
      #expect(!record.joined().contains { $0 == "\t" || $0 == "\n" })
    }
  }
}
