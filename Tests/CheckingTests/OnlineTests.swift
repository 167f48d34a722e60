import Determinism
import Histories
import Testing

@testable import Checking

/// A history can be judged while it grows.
struct OnlineTests {
  private var history = History()
  private var judge = OnlineLinearizability(
    RegisterSpecification(), firstCheck: 1, growthPercent: 0)

  private mutating func invoke(_ function: String, _ input: Value = .none) -> OperationID {
    history.invoke(
      Invocation(
        process: ProcessID(Int64(history.operations.count)), function: function, input: input))
  }

  /// Completes an operation and returns whether the history is still valid.
  private mutating func complete(
    _ id: OperationID, _ completion: Completion = .ok(.none)
  ) throws -> Bool {
    history.complete(id, completion)
    return try judge.observe(history) == nil
  }

  @Test mutating func `an open operation may have happened until its result says otherwise`() throws
  {
    let write = invoke("write", .integer(0))
    #expect(try complete(write))
    let swap = invoke("cas", .list([.integer(0), .integer(1)]))
    let read = invoke("read")
    #expect(try complete(read, .ok(.integer(1))))
    var other = self
    #expect(try complete(swap, .ok(.boolean(true))))
    #expect(try !other.complete(swap, .ok(.boolean(false))))
    // Whoever knows how the exchange ended blames the read.
    #expect(other.judge.explanation?.operation == read)
    #expect(judge.explanation == nil)
  }

  @Test mutating func `an operation that fails has not happened`() throws {
    let write = invoke("write", .integer(1))
    let read = invoke("read")
    #expect(try complete(read, .ok(.integer(1))))
    #expect(try !complete(write, .fail))
    #expect(judge.explanation?.operation == read)
  }

  @Test mutating func `what is rejected stays rejected`() throws {
    let read = invoke("read")
    #expect(try !complete(read, .ok(.integer(1))))
    let write = invoke("write", .integer(1))
    #expect(try !complete(write))
    #expect(try judge.finish(history).explanation?.operation == read)
  }

  @Test mutating func `checks become rarer, and the end is always checked`() throws {
    judge = OnlineLinearizability(RegisterSpecification(), firstCheck: 4)
    var rejectedAt: Int?
    for number: Int64 in 1...40 {
      let write = invoke("write", .integer(number))
      let isValid = try complete(write)
      let read = invoke("read")
      let value = Value.integer(number < 5 ? number : 1)
      if try !(complete(read, .ok(value)) && isValid), rejectedAt == nil {
        rejectedAt = Int(number)
      }
    }
    // The fifth read is the tenth completion; checks come after 4, 8 and 16.
    #expect(rejectedAt == 8)
    #expect(judge.explanation?.operation == OperationID(9))
    var late = OnlineLinearizability(RegisterSpecification(), firstCheck: 1_000)
    #expect(try late.observe(history) == nil)
    #expect(try late.finish(history).explanation == judge.explanation)
  }
}
