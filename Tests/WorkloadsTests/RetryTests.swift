import Determinism
import Histories
import ProtocolKit
import Testing
import Workloads

/// What a client does when no answer comes, and how it stays recognisable in histories.
struct RetryTests {
  @Test func `under the same identity the operation stays open and keeps its number`() throws {
    var client = ClientOnStrings()
    let question = try client.begin()
    client.timeOut()
    let again = try client.take()
    #expect(again.identity == question.identity)
    #expect(again.value == question.value)
    #expect(again.request.id != question.request.id)
    client.answer(again, .response(.written))
    #expect(client.completions == [.ok(.none)])
  }

  @Test func `after the last attempt the outcome is unknown and the process retires`() throws {
    var client = ClientOnStrings { $0.attempts = 3 }
    _ = try client.begin()
    for _ in 1...3 { client.timeOut() }
    #expect(client.completions == [.info])
    client.think()
    #expect(client.completions == [.info, nil])
    #expect(Set(client.processes).count == 2)
  }

  @Test func `under a new identity each attempt is an operation of a new process`() throws {
    var client = ClientOnStrings { $0.retry = .newIdentity }
    let question = try client.begin()
    client.timeOut()
    let again = try client.take()
    #expect(again.identity == [1, 2])
    #expect(again.value == question.value)
    #expect(client.completions == [.info, nil])
    #expect(Set(client.processes).count == 2)
  }

  @Test func `new identities come to an end as well`() throws {
    var client = ClientOnStrings {
      $0.retry = .newIdentity
      $0.attempts = 3
    }
    _ = try client.begin()
    for _ in 1...9 { client.timeOut() }
    #expect(client.completions == [.info, .info, .info])
  }

  @Test func `a client that never retries gives up at once`() throws {
    var client = ClientOnStrings { $0.retry = .never }
    _ = try client.begin()
    client.timeOut()
    #expect(client.asked.isEmpty)
    #expect(client.completions == [.info])
  }

  @Test func `waiting for a session does not use up the attempts of the command`() throws {
    var client = ClientOnStrings { $0.attempts = 2 }
    client.think()
    for _ in 1...5 { client.timeOut() }
    let opening = try #require(client.asked.last)
    client.answer(opening, .sessionOpened(SessionID(1)))
    client.timeOut()
    #expect(client.completions == [nil])
    client.timeOut()
    #expect(client.completions == [.info])
  }

  @Test func `no value is written twice, by any lane, in any life`() throws {
    var values: [Int64] = []
    var client = ClientOnStrings { $0.concurrency = 3 }
    for _ in 1...4 {
      for lane in 0..<3 {
        client.think(lane: lane)
        client.answer(try client.take(), .sessionOpened(SessionID(1)))
        for _ in 1...20 {
          let question = try client.take()
          values.append(try #require(question.value))
          client.answer(question, .response(.written))
          client.think(lane: lane)
        }
      }
      client.restart()
    }
    #expect(Set(values).count == 4 * 3 * 20)
  }

  @Test func `no process is used by two lives or by two lanes`() throws {
    var client = ClientOnStrings {
      $0.concurrency = 2
      $0.retry = .never
    }
    var owners: [Int64: Set<String>] = [:]
    for life in 1...4 {
      for lane in 0..<2 {
        client.think(lane: lane)
        client.answer(try client.take(), .sessionOpened(SessionID(1)))
        for _ in 1...10 {
          let process = try #require(client.processes.last)
          owners[process, default: []].insert("life \(life) lane \(lane)")
          client.timeOut(lane: lane)
          client.think(lane: lane)
        }
      }
      client.restart()
    }
    #expect(owners.count == 4 * 2 * 10)
    #expect(owners.values.allSatisfy { $0.count == 1 })
  }

  @Test func `no process begins an operation before its last one ended`() throws {
    for retry in KeyValueWorkload.Retry.allCases {
      var client = ClientOnStrings(seed: 5) {
        $0.retry = retry
        $0.attempts = 2
        $0.mix = (reads: 1, writes: 1, compareAndSets: 1)
      }
      for step in 1...200 {
        client.think()
        client.retry()
        guard let question = client.asked.last else { continue }
        switch (step % 5, question.request.body) {
        case (0, _): client.timeOut()
        case (1, _): client.answer(question, .notLeader(hint: nil))
        case (_, .openSession): client.answer(question, .sessionOpened(SessionID(1)))
        case (2, .command): client.answer(question, .sessionExpired)
        case (_, .command): client.answer(question, .response(.written))
        case (_, .query): client.answer(question, .response(.value(1)))
        }
      }
      var lastEnd: [ProcessID: Int] = [:]
      for operation in client.history.operations {
        let process = operation.invocation.process
        #expect(lastEnd[process, default: -1] < operation.invokedAt)
        lastEnd[process] = operation.completion == .info ? .max : operation.completedAt
      }
      #expect(client.history.operations.count > 30)
    }
  }
}
