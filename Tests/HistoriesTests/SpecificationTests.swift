import Histories
import Testing

/// What single actions mean to the other models.
struct SpecificationTests {
  private func operation(
    _ function: String, _ input: Value = .none, key: Value = .none, returns output: Value? = nil
  ) -> Operation {
    Operation(
      invocation: Invocation(process: ProcessID(0), function: function, key: key, input: input),
      completion: output.map { .ok($0) } ?? .info, invokedAt: 0)
  }

  private func outcomes<Specification: SequentialSpecification>(
    _ specification: Specification, _ operations: Operation...
  ) throws -> [String] {
    var states = [specification.initialState]
    for operation in operations {
      let action = try #require(try specification.action(for: operation))
      var next: [Specification.State] = []
      for state in states { specification.step(action, from: state, into: &next) }
      states = next
    }
    return states.map(specification.describe)
  }

  @Test func `a text store appends to what is there`() throws {
    let store = TextStoreSpecification()
    let written = [
      operation("put", .text("a")), operation("append", .text("b")),
    ]
    #expect(try outcomes(store, written[0], written[1]) == ["\"ab\""])
    #expect(try outcomes(store, operation("get", returns: .text(""))) == ["\"\""])
    #expect(
      try outcomes(store, written[0], written[1], operation("get", returns: .text("b"))).isEmpty)
    #expect(try store.action(for: operation("get")) == nil)
    #expect(throws: SpecificationError.self) { try store.action(for: operation("put")) }
  }

  @Test func `equal texts are equal however they came about`() throws {
    let store = TextStoreSpecification()
    let once = store.apply(.put("abc"), to: store.initialState)
    let twice = store.apply(.put("ab"), to: store.initialState).flatMap {
      store.apply(.append("c"), to: $0)
    }
    #expect(once == twice)
  }

  @Test func `a set returns each element once, in any order`() throws {
    let set = SetSpecification()
    let adds = [operation("add", .integer(2)), operation("add", .text("x"))]
    let both: Value = .list([.text("x"), .integer(2)])
    #expect(try outcomes(set, adds[0], adds[1], adds[0]) == ["#{2 \"x\"}"])
    #expect(try outcomes(set, adds[0], adds[1], operation("read", returns: both)).count == 1)
    let twice: Value = .list([.integer(2), .integer(2)])
    #expect(try outcomes(set, adds[0], operation("read", returns: twice)).isEmpty)
    #expect(throws: SpecificationError.self) {
      try set.action(for: operation("read", returns: .integer(1)))
    }
  }

  @Test func `a mutex is held by one at a time`() throws {
    let mutex = MutexSpecification()
    #expect(try outcomes(mutex, operation("acquire")) == ["held"])
    #expect(try outcomes(mutex, operation("acquire"), operation("acquire")).isEmpty)
    #expect(try outcomes(mutex, operation("release")).isEmpty)
  }

  @Test func `a nondeterministic register may keep any subset`() throws {
    let register = NondeterministicRegisterSpecification()
    let put = operation("put-any", .list([.integer(1), .integer(2)]))
    #expect(try outcomes(register, put) == ["#{}", "#{1}", "#{2}", "#{1 2}"])
    let one: Value = .list([.integer(1)])
    #expect(
      try outcomes(register, put, operation("get-any", returns: one)) == ["#{1}", "#{1 2}"])
    #expect(try outcomes(register, put, operation("get-all", returns: one)) == ["#{1}"])
    let many = Value.list((0..<11).map { .integer($0) })
    #expect(throws: SpecificationError.self) {
      try register.action(for: operation("put-any", many))
    }
  }

  @Test func `a product keeps its objects apart and forgets untouched ones`() throws {
    let store = ProductSpecification(RegisterSpecification())
    let write = { self.operation("write", .integer($0), key: .text($1)) }
    #expect(try outcomes(store, write(1, "y"), write(2, "x")) == ["{\"x\" 2, \"y\" 1}"])
    #expect(
      try outcomes(store, write(1, "x"), operation("write", .none, key: .text("x"))) == ["{}"])
    #expect(store.partition(of: write(1, "x")) == nil)
  }
}
