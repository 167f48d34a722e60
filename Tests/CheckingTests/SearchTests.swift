import CheckerAudit
import Determinism
import Histories
import Testing

@testable import Checking

/// The search keeps its promises about size, limits and repeatability.
struct SearchTests {
  private func history(
    seed: UInt64, operations: Int, clients: Int, spoiltPercent: Int = 0
  ) throws -> History {
    let values = (0..<5).map { Value.integer($0) }
    return try RandomHistories(
      specification: RegisterSpecification(),
      calls: values.map { .init(function: "write", input: $0) }
        + [.init(function: "read", outputs: [.none] + values)],
      clients: clients, operations: operations, crashPercent: 2, spoiltPercent: spoiltPercent
    ).make(seed: seed)
  }

  @Test func `more operations than slots in a word may be open at once`() throws {
    var history = History()
    let writes = (0..<150).map { (number: Int64) in
      history.invoke(
        Invocation(process: ProcessID(number), function: "write", input: .integer(number)))
    }
    for (read, write) in writes.enumerated() {
      let id = history.invoke(Invocation(process: ProcessID(1_000), function: "read"))
      history.complete(id, .ok(.integer(Int64(writes.count - 1 - read))))
      if write.position % 3 == 0 { history.complete(write, .info) }
    }
    let register = RegisterSpecification()
    let found = try #require(try LinearizabilityChecker(register).check(history).linearization)
    #expect(try LinearizationVerifier(register).complaint(about: found, of: history) == nil)
    for write in writes where write.position % 3 != 0 { history.complete(write, .ok(.none)) }
    let again = try #require(try LinearizabilityChecker(register).check(history).linearization)
    #expect(try LinearizationVerifier(register).complaint(about: again, of: history) == nil)
  }

  @Test func `many different crashed writes do not make a refutation long`() throws {
    var history = History()
    for number: Int64 in 0..<100 {
      _ = history.invoke(
        Invocation(process: ProcessID(number), function: "write", input: .integer(number)))
    }
    for value: Int64 in [3, 90, 3] {
      let id = history.invoke(Invocation(process: ProcessID(1_000), function: "read"))
      history.complete(id, .ok(.integer(value)))
    }
    let limits = SearchLimits(configurations: 1_000)
    let verdict = try LinearizabilityChecker(RegisterSpecification(), limits: limits).check(history)
    #expect(verdict.explanation?.operation == OperationID(102))
    #expect(
      verdict.explanation?.linearization.map(\.position) == [3, 100, 90, 101])
    #expect(verdict.explanation?.possibleStateCount == 99)
  }

  @Test func `identical crashed writes are interchangeable`() throws {
    var history = History()
    for number: Int64 in 0..<60 {
      _ = history.invoke(
        Invocation(process: ProcessID(number), function: "write", input: .integer(number % 2)))
    }
    for round in 0..<70 {
      let id = history.invoke(Invocation(process: ProcessID(100), function: "read"))
      history.complete(id, .ok(.integer(Int64(round % 2))))
    }
    let limits = SearchLimits(configurations: 20_000)
    let verdict = try LinearizabilityChecker(RegisterSpecification(), limits: limits).check(history)
    #expect(verdict.explanation?.operation == OperationID(60 + 60))
  }

  @Test func `a search that may not go on says unknown and what would help`() throws {
    let history = try history(seed: 3, operations: 400, clients: 12)
    let limits = SearchLimits(configurations: 10)
    let verdict = try LinearizabilityChecker(RegisterSpecification(), limits: limits).check(history)
    guard case .unknown(let limit) = verdict else {
      Issue.record("ten configurations should not be enough")
      return
    }
    #expect(limit.resource == .configurations)
    #expect(limit.explored == 10)
    #expect(limit.undecidedPartitions == 1)
    #expect(limit.advice.hasSuffix("or allow more configurations"))
  }

  @Test func `the advice names the key, the cause and what would help`() {
    var limit = Limit(
      resource: .memory, explored: 10, key: .text("x"), undecidedPartitions: 2, operations: 30,
      keys: 1, concurrency: 5, indeterminate: 7)
    #expect(
      limit.advice
        == "key \"x\", 30 operations: 7 have unknown outcomes, and each may take effect at any later "
        + "time; record definite failures as fail, or check a shorter history; or allow more memory"
    )
    limit.indeterminate = 0
    limit.key = nil
    limit.keys = 3
    limit.resource = .configurations
    #expect(
      limit.advice
        == "30 operations: 5 are open at once; use fewer clients, or more keys, or write each value "
        + "once and use a model with a monitor; or split the history by key, if no operation needs "
        + "several keys at once; or allow more configurations")
  }

  @Test(arguments: [1, 700]) func `a search in slices ends like a search in one go`(
    slice: Int
  ) throws {
    var hard = History()
    for (key, writers) in [("x", 9), ("y", 8), ("z", 9)] as [(String, Int64)] {
      let writes = (0..<writers).map { (number: Int64) in
        hard.invoke(
          Invocation(
            process: ProcessID(100 * writers + number), function: "put-any", key: .text(key),
            input: .list([.integer(number)])))
      }
      let read = hard.invoke(
        Invocation(process: ProcessID(writers), function: "get-all", key: .text(key)))
      hard.complete(read, .ok(.list([.integer(key == "x" ? 3 : 100)])))
      for write in writes { hard.complete(write, .ok(.none)) }
    }
    var endings: [String] = []
    for configurations in [2, 2_000, 20_000] {
      let checker = LinearizabilityChecker(
        NondeterministicRegisterSpecification(),
        limits: SearchLimits(configurations: configurations))
      let verdict = try checker.check(hard)
      var search = try checker.start(hard)
      var sliced: Verdict?
      while sliced == nil { sliced = search.run(configurations: slice) }
      #expect(sliced == verdict)
      #expect(search.run(configurations: slice) == verdict)
      endings.append("\(verdict)".prefix { $0 != "(" }.description)
    }
    #expect(endings == ["unknown", "unknown", "invalid"])
  }

  @Test func `what a later read shows saves the search from trying all orders`() throws {
    var history = History()
    let words = (0..<30).map { Value.text("\($0 * 7 % 30) ") }
    for (process, word) in words.enumerated() {
      _ = history.invoke(
        Invocation(process: ProcessID(Int64(process)), function: "append", input: word))
    }
    let read = history.invoke(Invocation(process: ProcessID(99), function: "get"))
    history.complete(read, .ok(.text((0..<30).map { "\($0) " }.joined())))
    for position in words.indices { history.complete(OperationID(position), .ok(.none)) }
    let store = TextStoreSpecification()
    let limits = SearchLimits(configurations: 100)
    let verdict = try LinearizabilityChecker(store, limits: limits).check(history)
    let found = try #require(verdict.linearization)
    #expect(try LinearizationVerifier(store).complaint(about: found, of: history) == nil)
  }

  @Test func `memory is a limit too`() throws {
    let history = try history(seed: 3, operations: 400, clients: 12)
    let limits = SearchLimits(bytes: 1_000)
    let verdict = try LinearizabilityChecker(RegisterSpecification(), limits: limits).check(history)
    guard case .unknown(let limit) = verdict else {
      Issue.record("a thousand bytes should not be enough")
      return
    }
    #expect(limit.resource == .memory)
  }

  @Test func `what states keep elsewhere takes memory`() throws {
    let elements = (0..<5).map { Value.integer($0) }
    let queue = PoolSpecification(.firstInFirstOut)
    let history = try RandomHistories(
      specification: queue,
      calls: elements.map { .init(function: "enqueue", input: $0) }
        + elements.map { _ in .init(function: "dequeue", outputs: elements + [.none]) },
      clients: 5, operations: 1_000, crashPercent: 0, spoiltPercent: 0
    ).make(seed: 7)
    let limits = SearchLimits(bytes: 1 << 20)
    let verdict = try LinearizabilityChecker(queue, limits: limits).check(history)
    guard case .unknown(let limit) = verdict else {
      Issue.record("a mebibyte should not be enough")
      return
    }
    #expect(limit.resource == .memory)
    #expect(limit.explored < 5_000)
  }

  @Test func `one key may be refuted while another is out of reach`() throws {
    var history = History()
    let writes = (0..<16).map { (number: Int64) in
      history.invoke(
        Invocation(
          process: ProcessID(number), function: "put-any", key: .text("hard"),
          input: .list([.integer(number)])))
    }
    for (key, value) in [("hard", 1_000), ("easy", 1)] as [(String, Int64)] {
      let read = history.invoke(
        Invocation(process: ProcessID(99), function: "get-all", key: .text(key)))
      history.complete(read, .ok(.list([.integer(value)])))
    }
    for write in writes { history.complete(write, .ok(.none)) }
    let limits = SearchLimits(configurations: 10_000)
    let register = NondeterministicRegisterSpecification()
    let verdict = try LinearizabilityChecker(register, limits: limits).check(history)
    #expect(verdict.explanation?.key == .text("easy"))
  }

  @Test func `the same history gives the same verdict with the same evidence`() throws {
    for seed: UInt64 in 1...20 {
      let history = try history(seed: seed, operations: 200, clients: 5, spoiltPercent: 1)
      let checker = LinearizabilityChecker(RegisterSpecification())
      #expect(try checker.check(history) == checker.check(history), "seed \(seed)")
    }
  }

  @Test func `long histories of a correct register are valid`() throws {
    for seed: UInt64 in 1...10 {
      let history = try history(seed: seed, operations: 2_000, clients: 5)
      let register = RegisterSpecification()
      let found = try #require(
        try LinearizabilityChecker(register).check(history).linearization, "seed \(seed)")
      let complaint = try LinearizationVerifier(register).complaint(about: found, of: history)
      #expect(complaint == nil, "seed \(seed)")
    }
  }
}
