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
          for action in actions where !specification.mayRestore(action, lost) {
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

  @Test func `sets keep the promise`() throws {
    let set = SetSpecification()
    let contents: [Value] = [.list([]), .list([.integer(1)]), .list([.integer(1), .integer(2)])]
    let actions = try actions(
      of: set,
      contents.map { ("read", .none, .ok($0)) } + [
        ("add", .integer(1), .ok(.none)), ("add", .integer(2), .ok(.none)),
      ])
    #expect(brokenPromise(of: set, actions: actions) == nil)
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
