import Histories
import Testing

/// What a specification calls lost is impossible and stays so until something restores it.
struct LostActionTests {
  /// Walks through all states that so many actions reach and returns the first broken promise.
  private func brokenPromise<Specification: SequentialSpecification>(
    of specification: Specification, actions: [Specification.Action], steps: Int = 3
  ) -> String? {
    var states = [specification.initialState]
    for _ in 0..<steps {
      for state in states {
        for lost in actions where specification.isLost(lost, in: state) {
          if specification.allows(lost, in: state) { return "\(lost) is possible in \(state)" }
          for action in actions where !specification.mayRestore(action, lost: lost) {
            var successors: [Specification.State] = []
            specification.step(action, from: state, into: &successors)
            if successors.contains(where: { !specification.isLost(lost, in: $0) }) {
              return "\(action) restores \(lost) in \(state)"
            }
          }
        }
      }
      var next: [Specification.State] = []
      for state in states {
        for action in actions { specification.step(action, from: state, into: &next) }
      }
      states = next
    }
    return nil
  }

  private typealias Call = (String, Value, Completion)

  /// Calls of functions with each of these arguments, ended in each of these ways.
  private func calls(
    _ functions: String..., of inputs: [Value] = [.none], ended completions: [Completion]
  ) -> [Call] {
    functions.flatMap { function in
      inputs.flatMap { input in completions.map { (function, input, $0) } }
    }
  }

  private func actions<Specification: SequentialSpecification>(
    of specification: Specification, _ calls: [(String, Value, Completion)], keys: [Value] = [.none]
  ) throws -> [Specification.Action] {
    try keys.flatMap { key in
      try calls.compactMap { function, input, completion in
        let invocation = Invocation(
          process: ProcessID(0), function: function, key: key, input: input)
        return try specification.action(
          for: Operation(
            invocation: invocation, completion: completion, invokedAt: 0, completedAt: 1))
      }
    }
  }

  private let registerCalls: [(String, Value, Completion)] = [
    ("read", .none, .ok(.none)), ("read", .none, .ok(.integer(1))),
    ("read", .none, .ok(.integer(2))), ("write", .integer(1), .ok(.none)),
    ("write", .integer(2), .ok(.none)), ("write", .none, .ok(.none)),
    ("cas", .list([.integer(1), .integer(2)]), .ok(.none)),
    ("cas", .list([.integer(1), .integer(2)]), .ok(.boolean(false))),
    ("cas", .list([.none, .integer(1)]), .info),
  ]

  @Test(arguments: [RegisterSpecification.NilRead.absent, .unknown])
  func `registers keep the promise`(nilRead: RegisterSpecification.NilRead) throws {
    let register = RegisterSpecification(nilRead: nilRead)
    let actions = try actions(of: register, registerCalls)
    #expect(brokenPromise(of: register, actions: actions) == nil)
  }

  @Test func `products keep the promise of their objects`() throws {
    let store = ProductSpecification(RegisterSpecification())
    let actions = try actions(of: store, registerCalls, keys: [.text("x"), .text("y")])
    #expect(brokenPromise(of: store, actions: actions, steps: 2) == nil)
  }

  @Test func `sets that only grow keep the promise`() throws {
    let set = GrowOnlySetSpecification()
    let contents: [Value] = [.list([]), .list([.integer(1)]), .list([.integer(1), .integer(2)])]
    let actions = try actions(
      of: set,
      contents.map { ("read", .none, .ok($0)) } + [
        ("add", .integer(1), .ok(.none)), ("add", .integer(2), .ok(.none)),
      ])
    #expect(brokenPromise(of: set, actions: actions) == nil)
  }

  private let elements: [Value] = [.integer(1), .integer(2)]
  private let answers: [Completion] = [.ok(.boolean(true)), .ok(.boolean(false))]

  @Test func `sets keep the promise`() throws {
    let set = SetSpecification()
    let contents = [[], [1], [1, 2]].map { Value.list($0.map { .integer($0) }) }
    let actions = try actions(
      of: set,
      calls("add", "remove", of: elements, ended: answers + [.info])
        + calls("contains", of: elements, ended: answers)
        + calls("read", ended: contents.map { .ok($0) }))
    #expect(brokenPromise(of: set, actions: actions) == nil)
  }

  @Test(arguments: [PoolSpecification.Order.firstInFirstOut, .any])
  func `queues keep the promise`(order: PoolSpecification.Order) throws {
    let queue = PoolSpecification(order)
    let results = (elements + [.none]).map { Completion.ok($0) }
    let actions = try actions(
      of: queue,
      calls("dequeue", "peek", ended: results + [.info])
        + calls("enqueue", of: elements, ended: [.info])
        + calls("len", ended: [.ok(.integer(1))]))
    #expect(brokenPromise(of: queue, actions: actions) == nil)
  }

  @Test func `logs keep the promise`() throws {
    let log = ListSpecification(firstOffset: 0)
    let entries = (elements + [.none]).map { Completion.ok($0) }
    let offsets = (0...2).map { Value.integer($0) }
    let lists = [[], [1], [2], [1, 1], [1, 2]].map { Value.list($0.map { .integer($0) }) }
    let actions = try actions(
      of: log,
      calls("append", of: elements, ended: offsets.map { .ok($0) } + [.info])
        + calls("read", of: offsets, ended: entries) + calls("read", ended: lists.map { .ok($0) })
        + calls("len", ended: offsets.map { .ok($0) }))
    #expect(brokenPromise(of: log, actions: actions) == nil)
  }

  @Test(arguments: [true, false]) func `leases keep the promise`(expires: Bool) throws {
    let lease = LeaseSpecification(expires: expires)
    let tokens = (0...2).map { Value.integer($0) }
    let actions = try actions(
      of: lease,
      calls("renew", "release", of: tokens, ended: answers + [.info])
        + calls("acquire", ended: [.ok(tokens[0]), .ok(tokens[2]), .ok(.none), .info]))
    #expect(brokenPromise(of: lease, actions: actions) == nil)
  }

  @Test func `transactions keep the promise`() throws {
    let registers = MultiRegisterSpecification()
    let step = { (function: String, key: String, value: Int64) -> Value in
      .list([.keyword(function), .text(key), value == 0 ? .none : .integer(value)])
    }
    let reads = [0, 1].flatMap { x in [0, 2].map { [step("r", "x", x), step("r", "y", $0)] } }
    let writes = [
      [step("w", "x", 1)], [step("w", "x", 0)], [step("w", "x", 1), step("w", "y", 2)],
      [step("r", "x", 1), step("w", "x", 2)], [step("w", "y", 2), step("r", "y", 1)],
    ]
    let actions = try actions(
      of: registers, (reads + writes).map { ("txn", .none, .ok(.list($0))) })
    #expect(brokenPromise(of: registers, actions: actions) == nil)
  }

  @Test func `texts keep the promise, whatever they are made of`() throws {
    // A letter, a combining accent and the two in one: equal to readers, but not the same bytes.
    let texts = ["", "e", "\u{301}", "e\u{301}", "\u{e9}", "ee", "e\u{301}e"].map { Value.text($0) }
    let store = TextStoreSpecification()
    let actions = try actions(
      of: store,
      texts.map { ("get", .none, .ok($0)) } + texts.map { ("put", $0, .ok(.none)) }
        + texts.map { ("append", $0, .ok(.none)) })
    #expect(brokenPromise(of: store, actions: actions) == nil)
  }
}
