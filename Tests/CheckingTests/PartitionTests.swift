import Determinism
import Histories
import Testing

@testable import CheckerAudit
@testable import Checking

/// Keys that operations touch together are judged together, and others apart.
struct PartitionTests {
  private func history(_ calls: [(String, key: String?, input: Value, output: Value)]) -> History {
    var history = History()
    for (function, key, input, output) in calls {
      let id = history.invoke(
        Invocation(
          process: ProcessID(0), function: function, key: key.map { .text($0) } ?? .none,
          input: input))
      history.complete(id, .ok(output))
    }
    return history
  }

  private let swapAB = Value.list([.text("a"), .text("b")])
  private let swapBC = Value.list([.text("b"), .text("c")])

  @Test func `what a swap moved is found under the other key`() throws {
    let history = history([
      ("write", "a", .integer(1), .none), ("write", "d", .integer(4), .none),
      ("swap", nil, swapAB, .none), ("swap", nil, swapBC, .none),
      ("read", "c", .none, .integer(1)), ("read", "d", .none, .integer(4)),
    ])
    let specification = SwapSpecification()
    let verdict = try LinearizabilityChecker(specification).check(history)
    let found = try #require(verdict.linearization)
    #expect(found.partitions.map(\.key) == [.text("a"), .text("d")])
    #expect(found.partitions.map { $0.order.map(\.position) } == [[0, 2, 3, 4], [1, 5]])
    let verifier = LinearizationVerifier(specification)
    #expect(try verifier.complaint(about: found, of: history) == nil)
    var apart = found
    apart.partitions[0].order.removeLast()
    apart.partitions.append(.init(key: .text("c"), order: [OperationID(4)]))
    #expect(
      try verifier.complaint(about: apart, of: history) == "operation 4 is illegal at its place")
  }

  @Test func `a certificate may not spread a swap's keys over two partitions`() throws {
    let history = history([("swap", nil, swapAB, .none), ("write", "b", .integer(1), .none)])
    let spread = Linearization(partitions: [
      .init(key: .text("a"), order: [OperationID(0)]),
      .init(key: .text("b"), order: [OperationID(1)]),
    ])
    let complaint = try LinearizationVerifier(SwapSpecification()).complaint(
      about: spread, of: history)
    #expect(complaint == "operation 0 belongs to another partition")
  }

  @Test func `an operation that may touch everything ties all keys together`() throws {
    var history = history([("write", "x", .integer(1), .none), ("write", "y", .integer(2), .none)])
    let sum = history.invoke(Invocation(process: ProcessID(0), function: "sum"))
    history.complete(sum, .ok(.integer(3)))
    let found = try #require(
      try LinearizabilityChecker(SumSpecification()).check(history).linearization)
    #expect(found.partitions.map(\.key) == [nil])
    let again = history.invoke(Invocation(process: ProcessID(0), function: "sum"))
    history.complete(again, .ok(.integer(2)))
    let verdict = try LinearizabilityChecker(SumSpecification()).check(history)
    #expect(verdict.explanation?.operation == again)
  }
}

/// Numbers under keys, and a sum of all of them that touches everything.
private struct SumSpecification: DeterministicSpecification {
  typealias Action = Operation

  let initialState: [Invocation] = []

  func action(for operation: Operation) -> Operation? { operation }

  func apply(_ action: Operation, to writes: [Invocation]) -> [Invocation]? {
    guard action.invocation.function == "sum" else { return writes + [action.invocation] }
    let sum = writes.reduce(into: Int64(0)) { sum, write in
      if case .integer(let number) = write.input { sum += number }
    }
    return action.completion == .ok(.integer(sum)) ? writes : nil
  }

  func isPure(_ action: Operation) -> Bool { action.invocation.function == "sum" }

  func partition(of operation: Operation) -> Value? {
    operation.invocation.function == "sum" ? nil : operation.invocation.key
  }
}
