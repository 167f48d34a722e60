import Histories

/// What an operation on a queue did, as far as its client knows.
enum QueueAction {
  /// It put an element in, or tried to.
  case put(Value)
  /// It took these elements out.
  case take([Value])
  /// It may have taken elements out that nobody saw; at most so many, or any number.
  case blindTake(atMost: Int?)
  /// It took nothing out.
  case nothing

  /// Translates `enqueue`, `dequeue` and `drain`.
  ///
  /// A `dequeue` that returned `nil` found the queue empty. A `drain` returns the elements that it
  /// took; one with an unknown outcome took those of its partial result, and perhaps more.
  init(_ operation: Operation, checker: String) throws(SpecificationError) {
    switch (operation.invocation.function, operation.completion) {
    case ("enqueue", _): self = .put(operation.invocation.input)
    case ("dequeue", .ok(.none)), ("dequeue", .fail), ("drain", .fail): self = .nothing
    case ("dequeue", .ok(let element)): self = .take([element])
    case ("dequeue", .info): self = .blindTake(atMost: 1)
    case ("drain", .ok(let drained)):
      guard let elements = drained.elements else {
        throw SpecificationError(
          operation, message: "\(drained) is not a list of elements",
          fix: "record what came out as [a b]")
      }
      self = .take(elements)
    case ("drain", .info): self = .blindTake(atMost: nil)
    default: throw operation.foreign(checker, fix: "use enqueue, dequeue and drain")
    }
  }

  /// The elements that certainly came out.
  func taken(by operation: Operation) -> [Value] {
    switch self {
    case .take(let elements): elements
    case .blindTake(atMost: nil): operation.partialResult.elements ?? []
    default: []
    }
  }
}
