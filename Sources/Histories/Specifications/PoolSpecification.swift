/// A container that gives back what was put in: a queue, a stack, a priority queue or a bag.
///
/// The four differ in which element goes next. Taking from an empty container returns `nil`, and so
/// elements cannot be `nil`. A taking with an unknown outcome may have removed the next element.
public struct PoolSpecification: SequentialSpecification {
  /// Which element is taken next.
  public enum Order: Hashable, Sendable {
    /// The oldest: a queue.
    case firstInFirstOut
    /// The newest: a stack.
    case lastInFirstOut
    /// One with the highest priority; an element is its own priority unless it is a list of two, the
    /// priority and something else.
    case highestFirst
    /// One with the lowest priority.
    case lowestFirst
    /// Any: a bag, or unordered queue.
    case any
  }

  /// An operation as the model sees it.
  public enum Action: Hashable, Sendable {
    /// Puts an element in.
    case put(Value)
    /// Took this element out.
    case take(Value)
    /// Saw this element, which was next.
    case peek(Value)
    /// Found nothing to take or to see.
    case foundEmpty
    /// Found so many elements.
    case count(Int64)
    /// Took out the next element, if there was one, and nobody knows which.
    case takeUnknown
  }

  /// No elements; states are in order of arrival, or sorted where arrival does not matter.
  public let initialState: [Value] = []
  /// Which element is taken next.
  public let order: Order
  private let vocabulary: PoolVocabulary

  /// Creates the specification of a container with an order.
  public init(_ order: Order) {
    self.order = order
    vocabulary = PoolVocabulary(order)
  }

  /// Translates the functions by their usual names; an indeterminate observation constrains nothing.
  public func action(for operation: Operation) throws(SpecificationError) -> Action? {
    let function = operation.invocation.function
    if vocabulary.put.contains(function) {
      guard operation.invocation.input != .none else {
        throw SpecificationError(
          operation, message: "nil cannot be an element",
          fix: "put something else in; nil means empty")
      }
      return .put(operation.invocation.input)
    }
    if vocabulary.take.contains(function) {
      guard let output = operation.output else { return .takeUnknown }
      return output == .none ? .foundEmpty : .take(output)
    }
    if vocabulary.peek.contains(function) {
      guard let output = operation.output else { return nil }
      return output == .none ? .foundEmpty : .peek(output)
    }
    if vocabulary.count.contains(function) {
      guard let output = operation.output else { return nil }
      return .count(try operation.integer(output, meaning: "a number of elements"))
    }
    throw operation.unknownFunction(of: vocabulary.object, use: vocabulary.advice)
  }

  /// Appends every content that the action may leave behind.
  public func step(_ action: Action, from state: [Value], into successors: inout [[Value]]) {
    switch action {
    case .put(let element):
      var next = state
      next.insert(element, at: place(of: element, in: state))
      successors.append(next)
    case .take(let element):
      for place in nextPlaces(in: state) where state[place] == element {
        return successors.append(state.removing(at: place))
      }
    case .takeUnknown:
      if state.isEmpty { successors.append(state) }
      for place in nextPlaces(in: state) { successors.append(state.removing(at: place)) }
    case .peek, .foundEmpty, .count:
      if allows(action, in: state) { successors.append(state) }
    }
  }

  /// Whether the action is possible.
  public func allows(_ action: Action, in state: [Value]) -> Bool {
    switch action {
    case .put, .takeUnknown: true
    case .take(let element), .peek(let element):
      nextPlaces(in: state).contains { state[$0] == element }
    case .foundEmpty: state.isEmpty
    case .count(let number): state.count == number
    }
  }

  /// Where a new element goes.
  private func place(of element: Value, in state: [Value]) -> Int {
    switch order {
    case .firstInFirstOut, .lastInFirstOut: state.count
    case .any: state.sortedPlace(of: element)
    case .highestFirst, .lowestFirst:
      state.firstIndex { element.hasPriority(before: $0) } ?? state.count
    }
  }

  /// The places from which the next element may be taken.
  private func nextPlaces(in state: [Value]) -> Range<Int> {
    guard let first = state.first, let last = state.last else { return 0..<0 }
    switch order {
    case .firstInFirstOut: return 0..<1
    case .lastInFirstOut: return state.count - 1..<state.count
    case .any: return 0..<state.count
    case .highestFirst:
      let other = state.lastIndex { $0.priority != last.priority }
      return (other.map { $0 + 1 } ?? 0)..<state.count
    case .lowestFirst:
      return 0..<(state.firstIndex { $0.priority != first.priority } ?? state.count)
    }
  }

  /// Whether the action only observes.
  public func isPure(_ action: Action) -> Bool {
    switch action {
    case .peek, .foundEmpty, .count: true
    case .put, .take, .takeUnknown: false
    }
  }

  /// Whether the action found an element that is not there.
  public func isLost(_ action: Action, in state: [Value]) -> Bool {
    switch action {
    case .take(let element), .peek(let element): !state.contains(element)
    case .put, .foundEmpty, .count, .takeUnknown: false
    }
  }

  /// Whether the action puts in what the lost one found.
  public func mayRestore(_ action: Action, lost: Action) -> Bool {
    guard case .put(let element) = action else { return false }
    return lost == .take(element) || lost == .peek(element)
  }

  /// The elements as EDN writes a list, or a set where their order means nothing.
  public func describe(_ state: [Value]) -> String {
    order == .any ? state.setDescription : Value.list(state).description
  }

  /// The size of the elements.
  public func footprint(of state: [Value]) -> Int { state.footprint }
}

/// What the functions of a container are called, by the kind of container.
private struct PoolVocabulary {
  let object: String
  let put: [String]
  let take: [String]
  let peek: [String]
  let count = ["len", "Len", "length", "size", "count"]

  /// The functions that errors recommend.
  var advice: String { "\(put[0]), \(take[0]), \(peek[0]) and \(count[0])" }

  init(_ order: PoolSpecification.Order) {
    switch order {
    case .firstInFirstOut, .any:
      object = order == .any ? "a bag" : "a queue"
      put = ["enqueue", "enq", "offer"]
      take = ["dequeue", "deq", "poll"]
      peek = ["peek", "front"]
    case .lastInFirstOut:
      object = "a stack"
      put = ["push", "Push"]
      take = ["pop", "Pop"]
      peek = ["peek", "top"]
    case .highestFirst, .lowestFirst:
      object = "a priority queue"
      put = ["insert", "add", "enqueue", "offer"]
      take = ["poll", "dequeue", "remove", order == .highestFirst ? "delete-max" : "delete-min"]
      peek = ["peek", order == .highestFirst ? "max" : "min"]
    }
  }
}

extension Value {
  /// What a priority queue orders an element by.
  fileprivate var priority: Value {
    if let pair = elements, pair.count == 2 { pair[0] } else { self }
  }

  /// Whether an element comes before another by priority, or else by value.
  fileprivate func hasPriority(before other: Value) -> Bool {
    priority == other.priority ? precedes(other) : priority.precedes(other.priority)
  }
}
