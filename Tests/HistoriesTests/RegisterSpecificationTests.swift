import Histories
import Testing

/// What single actions mean to a register.
struct RegisterSpecificationTests {
  private let register = RegisterSpecification()

  @Test func `a read returns what is there`() {
    #expect(register.apply(.read(.none), to: .none) == Value.none)
    #expect(register.apply(.read(.integer(1)), to: .none) == nil)
  }

  @Test func `a compare-and-set needs the expected value`() {
    let action = RegisterSpecification.Action.compareAndSet(
      expected: .integer(1), new: .integer(2))
    #expect(register.apply(action, to: .integer(1)) == .integer(2))
    #expect(register.apply(action, to: .integer(3)) == nil)
  }

  @Test func `a reported mismatch excludes the expected value`() {
    let action = RegisterSpecification.Action.mismatch(expected: .integer(1))
    #expect(register.apply(action, to: .integer(1)) == nil)
    #expect(register.apply(action, to: .integer(3)) == .integer(3))
  }

  @Test func `a blind write of the value that is there is not pure`() {
    #expect(!register.isPure(.write(.none)))
    #expect(register.isPure(.compareAndSet(expected: .integer(1), new: .integer(1))))
  }

  @Test func `a read of nil can be taken for unknown`() throws {
    let knossos = RegisterSpecification(initial: .integer(0), nilRead: .unknown)
    let operation = Operation(
      invocation: Invocation(process: ProcessID(0), function: "read"), completion: .ok(.none),
      invokedAt: 0, completedAt: 1)
    #expect(try knossos.action(for: operation) == .unrecordedRead)
    #expect(try register.action(for: operation) == .read(.none))
  }

  @Test func `an unknown function names the operation and the way out`() {
    let operation = Operation(
      invocation: Invocation(process: ProcessID(3), function: "frob", input: .integer(7)),
      invokedAt: 4)
    let error = #expect(throws: SpecificationError.self) { try register.action(for: operation) }
    #expect(
      error?.description
        == "operation frob 7 by process 3 (event 4): a register has no function 'frob'; "
        + "use read, write and cas, or choose another model")
  }
}
