import Histories

/// The adds and reads of a set, with its elements numbered.
struct Membership {
  /// What is known about one element.
  struct Element {
    /// The event at which the first add was invoked, whatever became of it.
    var attemptedAt = Int.max
    /// The event at which the first add that did not fail was invoked.
    var possibleAt = Int.max
    /// The event at which the first add succeeded.
    var acknowledgedAt = Int.max
    /// When that was, where the history has times.
    var acknowledgement: OperationID?
  }

  /// A read that returned, with the numbers of the elements in the order in which it lists them.
  struct Read {
    let id: OperationID
    let invokedAt: Int
    let end: Int
    let numbers: [Int]
  }

  let key: Value
  /// The elements by number: first seen, first numbered.
  private(set) var elements: [Element] = []
  /// The reads in order of invocation.
  private(set) var reads: [Read] = []
  private var numbering = Numbering<Value>()

  /// Collects `add` and `read`; `checker` is the name to complain in.
  init(_ object: ObjectHistory, checker: String) throws(SpecificationError) {
    key = object.key
    for (id, operation) in object {
      switch operation.invocation.function {
      case "add": add(id, operation: operation)
      case "read":
        guard let output = operation.output else { continue }
        guard let values = output.elements else {
          throw SpecificationError(
            operation, message: "\(output) is not a set",
            fix: "record what a read returned as #{a b}")
        }
        let numbers = values.map { number(of: $0) }
        reads.append(
          Read(id: id, invokedAt: operation.invokedAt, end: operation.end, numbers: numbers))
      default: throw operation.foreign(checker, fix: "use add and read")
      }
    }
  }

  /// The element with a number.
  func value(_ number: Int) -> Value { numbering.elements[number] }

  private mutating func number(of value: Value) -> Int {
    let number = Int(numbering.number(of: value))
    if number == elements.count { elements.append(Element()) }
    return number
  }

  private mutating func add(_ id: OperationID, operation: Operation) {
    let number = number(of: operation.invocation.input)
    elements[number].attemptedAt = min(elements[number].attemptedAt, operation.invokedAt)
    guard !operation.hasFailed else { return }
    elements[number].possibleAt = min(elements[number].possibleAt, operation.invokedAt)
    guard operation.output != nil, operation.end < elements[number].acknowledgedAt else { return }
    elements[number].acknowledgedAt = operation.end
    elements[number].acknowledgement = id
  }
}
