import Determinism
import Histories
import Testing

@testable import CheckerAudit
@testable import Checking

/// An invalid history shrinks to the few operations that contradict each other.
struct MinimizationTests {
  /// The minimal part of a history of one client after the other.
  private func minimal(
    of calls: [(String, input: Value, output: Value)],
    _ specification: some SequentialSpecification = RegisterSpecification()
  ) throws -> [Int]? {
    var history = History()
    for (function, input, output) in calls {
      let id = history.invoke(
        Invocation(process: ProcessID(0), function: function, input: input))
      history.complete(id, .ok(output))
    }
    let checker = LinearizabilityChecker(specification)
    let explanation = try #require(try checker.check(history).explanation)
    #expect(explanation.minimal == nil)
    return try checker.minimize(explanation, of: history).minimal?.map(\.position)
  }

  private func write(_ number: Int64) -> (String, input: Value, output: Value) {
    ("write", .integer(number), .none)
  }

  private func read(_ number: Int64) -> (String, input: Value, output: Value) {
    ("read", .none, .integer(number))
  }

  @Test func `a stale read needs its own write and the one that it missed`() throws {
    let calls = (1...50).flatMap { [write($0), read($0)] } + [read(20), write(60), read(60)]
    let minimal = try #require(try minimal(of: calls))
    #expect(minimal.count == 3)
    #expect(calls[minimal[0]].input == .integer(20))
    #expect(calls[minimal[1]].input != .integer(20))
    #expect(minimal[2] == 100)
  }

  @Test func `a value that nobody wrote speaks for itself`() throws {
    #expect(try minimal(of: [write(1), read(1), write(2), read(7), read(2)]) == [3])
  }

  @Test func `two clients cannot both win the same compare-and-set`() throws {
    let cas: (Int64, Int64) -> (String, input: Value, output: Value) = {
      ("cas", .list([.integer($0), .integer($1)]), .boolean(true))
    }
    let calls = [write(3), read(3), write(0), read(0), cas(0, 1), read(1), cas(0, 2)]
    #expect(try minimal(of: calls) == [2, 4, 6])
  }

  @Test func `a value taken out of turn needs the one that was due`() throws {
    let calls: [(String, input: Value, output: Value)] = [
      ("push", .integer(1), .none), ("push", .integer(2), .none), ("pop", .none, .integer(2)),
      ("push", .integer(3), .none), ("push", .integer(4), .none), ("pop", .none, .integer(3)),
    ]
    #expect(try minimal(of: calls, TinyStack()) == [3, 4, 5])
  }

  @Test func `only the partition at fault is shown`() throws {
    var history = History()
    for number: Int64 in 0..<40 {
      let key = Value.text(number % 2 == 0 ? "x" : "y")
      let write = history.invoke(
        Invocation(
          process: ProcessID(0), function: "write", key: key, input: .integer(number)))
      history.complete(write, .ok(.none))
    }
    let read = history.invoke(
      Invocation(process: ProcessID(0), function: "read", key: .text("y")))
    history.complete(read, .ok(.none))
    let checker = LinearizabilityChecker(RegisterSpecification())
    let explanation = try #require(try checker.check(history).explanation)
    let minimal = try checker.minimize(explanation, of: history).minimal
    #expect(minimal == [OperationID(39), read])
  }
}
