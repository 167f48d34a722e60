import Determinism
import Histories
import ProtocolKit
import Testing

@testable import Exploration
@testable import Reporting
@testable import Simulation

/// What a story looks back to.
@Suite struct CausalSliceTests {
  @Test func `messages lead back to what sent them, and what nothing came of stays out`() {
    var run = ScriptedRun()
    let first = run.timer(1, at: 1, .told("n1 begins"))
    run.timer(2, at: 3, .told("n3 does something else"))
    let second = run.message(3, from: 1, to: 2, sentBy: first)
    run.message(4, from: 1, to: 3, sentBy: first)
    let third = run.message(5, from: 2, to: 1, sentBy: second, .told("n1 is wrong"))
    #expect(run.slice() == [first, second, third].map(Int.init))
  }

  @Test func `a sync links what it makes durable to what waited for it, and is not told`() {
    var run = ScriptedRun()
    let asked = run.message(1, from: 2, to: 1, sentBy: 0, .told("n1 promises"))
    let synced = run.add(2, .journalSynced, at: 1, cause: asked)
    let answer = run.message(3, from: 1, to: 2, sentBy: synced, .told("n2 believes it"))
    #expect(run.slice() == [asked, answer].map(Int.init))
  }

  @Test func `what speaks of the same things is near, however long ago`() {
    var run = ScriptedRun()
    let topic = run.timer(1, at: 1, .told("n1 votes for n3 in term \(Subject("term", 7))"))
    for time in Int64(2)..<30 { run.timer(time, at: 1, .told("n1 does its chores")) }
    let last = run.timer(40, at: 1, .told("n1 votes again in term 7"))
    run.detail = "n1 voted twice in term \(Subject("term", 7))"
    #expect(run.slice() == [Int(topic), Int(last)])
    run.detail = "n1 voted twice in term \(Subject("term", 70))"
    #expect(run.slice() == [Int(last) - 1, Int(last)])
  }

  @Test func `whoever the violation names takes part`() {
    var run = ScriptedRun()
    let other = run.timer(1, at: 2, .told("n2 takes the lock"))
    run.timer(2, at: 3, .told("n3 waits"))
    let last = run.timer(3, at: 1, .told("n1 takes the lock"))
    run.detail = "\(NodeID(0)) and \(NodeID(1)) both hold it"
    #expect(run.slice() == [Int(other), Int(last)])
  }

  @Test func `where nobody is named, whoever spoke of the matter last takes part`() {
    var run = ScriptedRun(servers: 4)
    let topic = run.timer(1, at: 2, .told("n2 holds token \(Subject("token", 3))"))
    run.timer(2, at: 3, .told("n3 does something else"))
    let last = run.timer(3, at: 1, .told("n1 commits"))
    run.detail = "the lock was granted with token \(Subject("token", 3)) again"
    #expect(run.slice() == [Int(topic), Int(last)])
  }

  @Test func `an operation without an answer is told with what its servers did last`() throws {
    var run = ScriptedRun(servers: 1, clients: 1)
    let read = run.ask(1, at: 2, Invocation(process: ProcessID(0), function: "read"))
    let last = run.timer(9, at: 1, .told("n1 gives up"))
    run.essential = EssentialOperations(operations: [read], forgotten: 0, isSufficient: false)
    run.isAboutAll = true
    #expect(run.slice() == [1, Int(last)])
    let story = try #require(Story(run.record))
    #expect(story.clients.map(\.answer) == ["unknown"])
    #expect(!story.diagram.rows.contains { $0.is_violation })
  }

  @Test func `a restart leads back to the crash, and to what was done before it`() {
    var run = ScriptedRun()
    let before = run.timer(1, at: 1, .told("n1 promises something"))
    let crash = run.fault(.crash(CrashFault(node: NodeID(0))), from: 2, to: 4)
    let restart = run.end(4, of: crash, .other("n1 starts again"))
    let last = run.timer(5, at: 1, .told("n1 breaks its promise"))
    #expect(run.slice() == [before, crash, restart, last].map(Int.init))
  }

  @Test func `a story about clients begins with their first operation and knows who led`() {
    var run = ScriptedRun(servers: 2, clients: 1)
    run.timer(1, at: 1, .told("n1 has a past"), .leads(NodeID(0), true))
    let read = run.ask(5, at: 3, Invocation(process: ProcessID(0), function: "read"))
    let leads = run.timer(6, at: 2, .told("n2 leads"), .leads(NodeID(1), true))
    for time in Int64(7)..<12 { run.timer(time, at: 2, .told("n2 does its chores")) }
    let asked = run.message(12, "read", from: 3, to: 2, sentBy: 2)
    run.learn(13, at: 3, from: 2, sentBy: asked, read, .ok(.integer(1)))
    run.essential = EssentialOperations(operations: [read], forgotten: 0, isSufficient: true)
    #expect(run.slice() == [2, Int(leads), Int(asked), Int(asked) + 1])
  }

  @Test func `room is kept for the nearest, and a cut is admitted`() {
    var run = ScriptedRun()
    var last = run.timer(0, at: 1, .told("n1 begins"))
    for time in 1...20 {
      last = run.message(
        Int64(time), from: time % 2 + 1, to: (time + 1) % 2 + 1, sentBy: last,
        .told("on topic \(Subject("topic", 1))"))
    }
    run.detail = "topic \(Subject("topic", 1))"
    let slice = CausalSlice(of: run.record, limit: 4)
    #expect(slice.places == [17, 18, 19, 20])
    #expect(slice.isCut)
    var short = ScriptedRun()
    short.timer(1, at: 1, .told("all there is"))
    #expect(!CausalSlice(of: short.record).isCut)
  }

  @Test func `without narration the marked places are told`() {
    var run = ScriptedRun()
    let first = run.timer(1, at: 1, .mark("went-wrong"))
    run.timer(2, at: 1)
    let last = run.timer(3, at: 1, .mark("found-out"))
    #expect(run.slice() == [Int(first), Int(last)])
    let story = Story(run.record)
    #expect(story?.happened.map(\.text) == ["n1: went-wrong.", "n1: found-out."])
    var silent = ScriptedRun()
    silent.timer(1, at: 1)
    silent.message(2, "ping", from: 1, to: 2, sentBy: 1)
    let words = Story(silent.record)?.happened.map(\.text)
    #expect(words == ["The tick timer fires at n1.", "n2 gets \"ping\" from n1."])
  }
}
