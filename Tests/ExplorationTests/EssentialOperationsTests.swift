import Checking
import Determinism
import Histories
import TestKit
import Testing

@testable import Exploration

/// A history that should be invalid is valid.
private struct IsValid: Error {}

/// Which operations an invalid history rests on.
@Suite struct EssentialOperationsTests {
  private typealias Step = (process: Int64, call: Call)

  private enum Call {
    case write(Int64)
    case read(Int64?)
    case cas(Int64, Int64)
  }

  private static func judge(_ history: History) throws(SpecificationError) -> Verdict {
    try LinearizabilityChecker(RegisterSpecification()).check(history)
  }

  private static func invocation(_ call: Call, _ process: Int64) -> (Invocation, Completion) {
    let id = ProcessID(process)
    return switch call {
    case .write(let value):
      (Invocation(process: id, function: "write", input: .integer(value)), .ok(.none))
    case .read(let value):
      (Invocation(process: id, function: "read"), .ok(value.map(Value.integer) ?? .none))
    case .cas(let old, let new):
      (
        Invocation(process: id, function: "cas", input: .list([.integer(old), .integer(new)])),
        .ok(.none)
      )
    }
  }

  /// A history of operations one after the other.
  private static func sequence(_ calls: [Call]) -> History {
    var history = History()
    for (place, call) in calls.enumerated() {
      let (invocation, completion) = Self.invocation(call, Int64(place))
      history.complete(history.invoke(invocation), completion)
    }
    return history
  }

  private static func essential(_ history: History) throws -> EssentialOperations {
    guard case .invalid(let explanation) = try judge(history) else { throw IsValid() }
    return EssentialOperations(of: history, explanation) {
      (part) throws(SpecificationError) in
      if case .invalid(let explanation) = try judge(part) { explanation } else { nil }
    }
  }

  private func positions(_ calls: [Call]) throws -> [Int] {
    try Self.essential(Self.sequence(calls)).operations.map(\.position)
  }

  @Test func `a stale read rests on the write it saw and on the last that replaced it`() throws {
    #expect(
      try positions([
        .write(7), .read(7), .write(1), .read(1), .write(2), .write(3), .read(3), .read(1),
      ]) == [2, 5, 7])
  }

  @Test func `a value that nobody wrote rests on nothing but its read`() throws {
    #expect(try positions([.write(1), .read(1), .read(9)]) == [2])
  }

  @Test func `a lost write rests on the write`() throws {
    #expect(try positions([.write(1), .read(nil)]) == [0, 1])
  }

  @Test func `a compare-and-set keeps what it depends on`() throws {
    let essential = try positions([.write(5), .cas(5, 6), .cas(6, 7), .read(6)])
    #expect(essential.contains(3) && essential.contains(2))
  }

  /// A write without an answer can have happened late, so only the read that saw it is certain.
  @Test func `a write without an answer counts through the read that saw it`() throws {
    var history = Self.sequence([.write(1)])
    _ = history.invoke(Self.invocation(.write(2), 50).0)
    for (process, value) in [(51, Int64(2)), (52, 1)] {
      let (read, answer) = Self.invocation(.read(value), Int64(process))
      history.complete(history.invoke(read), answer)
    }
    #expect(try Self.essential(history).operations.map(\.position) == [0, 1, 2, 3])
  }

  /// Random histories with a stale read at the end: what is left must be impossible by itself, and
  /// possible as soon as any one answer is forgotten.
  @Test(arguments: 0..<12)
  func `what is left is impossible, and nothing of it can be forgotten`(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    var calls: [Call] = []
    var value: Int64 = 0
    for number in 1...Int64(40) {
      if dice.chance(percent: 50) {
        value = number
        calls.append(.write(number))
      } else if value > 0 {
        calls.append(.read(value))
      }
    }
    let stale = Int64(dice.below(Int(value) - 1) + 1)
    let history = Self.sequence(calls + [.read(stale)])
    let essential = try Self.essential(history)
    #expect(essential.isSufficient)
    #expect(essential.operations.count <= 3)
    #expect(essential.forgotten + essential.operations.count == history.operations.count)
    for forgotten in essential.operations {
      var rest = History()
      for id in essential.operations {
        let operation = history.operations[id.position]
        let place = rest.invoke(operation.invocation)
        if id != forgotten { rest.complete(place, operation.completion) }
      }
      guard case .valid = try Self.judge(rest) else {
        Issue.record("\(forgotten) can be forgotten")
        continue
      }
    }
  }
}
