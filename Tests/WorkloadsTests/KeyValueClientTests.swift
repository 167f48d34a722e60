import Determinism
import Histories
import ProtocolKit
import Consensus
import Testing
import Workloads

/// What a client of a key-value store asks, and what it concludes from answers and silence.
struct KeyValueClientTests {
  @Test func `a client opens a session before its first command`() throws {
    var client = ClientOnStrings()
    client.think()
    let opening = try client.take()
    guard case .openSession = opening.request.body else {
      Issue.record("expected a request for a session, not \(opening.request)")
      return
    }
    #expect(client.history.operations.isEmpty)
    client.answer(opening, .sessionOpened(SessionID(7)))
    #expect(try client.take().identity == [7, 1])
    #expect(client.completions == [nil])
  }

  @Test func `an answer completes the operation, and the next command has the next number`() throws
  {
    var client = ClientOnStrings()
    client.answer(try client.begin(), .response(.written))
    client.think()
    #expect(client.completions == [.ok(.none), nil])
    #expect(try client.take().identity == [1, 2])
  }

  @Test func `an answer to a question that was given up is ignored`() throws {
    var client = ClientOnStrings()
    let question = try client.begin()
    client.timeOut()
    client.answer(question, .response(.written))
    #expect(client.completions == [nil])
    client.answer(try client.take(), .response(.written))
    #expect(client.completions == [.ok(.none)])
  }

  @Test func `a swap that finds another value is told so`() throws {
    var client = ClientOnStrings { $0.mix = (reads: 0, writes: 0, compareAndSets: 1) }
    client.answer(try client.begin(), .response(.mismatch))
    #expect(client.completions == [.ok(.boolean(false))])
  }

  @Test func `a read needs no session, and returns what it is told`() throws {
    var client = ClientOnStrings { $0.mix = (reads: 1, writes: 0, compareAndSets: 0) }
    client.think()
    client.answer(try client.take(), .response(.value(5)))
    client.think()
    client.answer(try client.take(), .response(.value(nil)))
    #expect(client.completions == [.ok(.integer(5)), .ok(.none)])
  }

  @Test func `a redirect is followed at once, with the same identity`() throws {
    var client = ClientOnStrings()
    let question = try client.begin()
    let leader = NodeID((question.server.denseIndex + 1) % 3)
    client.answer(question, .notLeader(hint: leader))
    let again = try client.take()
    #expect(again.server == leader)
    #expect(again.identity == question.identity)
    #expect(client.completions == [nil])
  }

  @Test func `a redirect to nowhere is followed after a pause`() throws {
    var client = ClientOnStrings()
    let question = try client.begin()
    client.answer(question, .notLeader(hint: nil))
    #expect(client.asked.isEmpty)
    client.retry()
    #expect(try client.take().identity == question.identity)
  }

  @Test func `a pinned read asks its own server and follows no redirect`() throws {
    var client = ClientOnStrings {
      $0.mix = (reads: 1, writes: 0, compareAndSets: 0)
      $0.readsFrom = .pinned
    }
    client.think()
    let first = try client.take()
    client.answer(first, .notLeader(hint: NodeID(2)))
    #expect(client.completions == [.fail])
    client.think()
    let second = try client.take()
    #expect(second.server == first.server)
    client.timeOut()
    #expect(try client.take().server == first.server)
  }

  @Test func `a read without an answer might as well not have happened`() throws {
    var client = ClientOnStrings {
      $0.mix = (reads: 1, writes: 0, compareAndSets: 0)
      $0.attempts = 1
    }
    client.think()
    client.timeOut()
    client.think()
    #expect(client.completions == [.fail, nil])
    #expect(Set(client.processes).count == 1)
  }

  @Test func `nobody knows what became of a command whose session expired`() throws {
    var client = ClientOnStrings()
    client.answer(try client.begin(), .sessionExpired)
    // The network may have duplicated the request: one copy applied, the other too late.
    #expect(client.completions == [.info])
    client.think()
    client.answer(try client.take(), .sessionOpened(SessionID(9)))
    #expect(try client.take().identity == [9, 1])
    #expect(Set(client.processes).count == 2)
  }

  @Test func `a client stops after its last operation`() throws {
    var client = ClientOnStrings { $0.operations = 2 }
    client.answer(try client.begin(), .response(.written))
    client.think()
    client.answer(try client.take(), .response(.written))
    client.think()
    #expect(client.asked.isEmpty)
    #expect(client.completions.count == 2)
  }
}
