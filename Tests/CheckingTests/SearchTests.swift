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
