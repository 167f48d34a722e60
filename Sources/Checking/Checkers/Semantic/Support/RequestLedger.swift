import Histories

/// What was requested of one object, and what took effect, by identifier.
struct RequestLedger {
  /// What is known about one identifier.
  struct Tally {
    /// The event at which it was first requested.
    var requestedAt = Int.max
    /// The event at which the first request that did not fail was invoked.
    var possibleAt = Int.max
    /// The request that succeeded first.
    var acknowledged: (id: OperationID, end: Int)?
    /// The effects that were recorded one by one.
    var effects: [OperationID] = []
    /// The most times that one reading lists it.
    var mostListed = 0
    /// That reading.
    var listedBy: OperationID?
    /// How often the reading under way lists it.
    fileprivate var listed = 0

    /// How often it took effect, at least.
    var count: Int { max(effects.count, mostListed) }

    /// The operations that show that it took effect twice.
    var repetition: [OperationID] {
      mostListed > 1 ? [listedBy].compactMap(\.self) : Array(effects.prefix(2))
    }
  }

  /// An effect that was seen by the time an operation ended.
  struct Sighting {
    let number: Int
    let id: OperationID
    let end: Int
  }

  let key: Value
  /// The tallies by number of the identifier: first mentioned, first numbered.
  private(set) var tallies: [Tally] = []
  /// The effects in the order in which they were seen.
  private(set) var sightings: [Sighting] = []
  private var lastReading: (invokedAt: Int, end: Int)?
  private var numbers = Numbering<Value>()

  /// Collects `request`, `effect` and `effects`.
  init(_ object: ObjectHistory) throws(SpecificationError) {
    key = object.key
    for (id, operation) in object {
      switch operation.invocation.function {
      case "request": request(id, request: operation)
      case "effect":
        if let output = operation.output { effect(id, operation: operation, output: output) }
      case "effects":
        if let output = operation.output { try read(id, operation: operation, output: output) }
      default: throw operation.foreign("once", fix: "use request, effect and effects")
      }
    }
  }

  /// The identifier with a number.
  func identifier(_ number: Int) -> Value { numbers.elements[number] }

  /// Whether anybody looked at effects.
  var isObserved: Bool { lastReading != nil || !sightings.isEmpty }

  /// The event before which a request must be acknowledged for its effect to be due: the last
  /// reading, or the end if effects are recorded one by one.
  var due: Int { lastReading?.invokedAt ?? (isObserved ? .max : -1) }

  private mutating func number(of identifier: Value) -> Int {
    let number = Int(numbers.number(of: identifier))
    if number == tallies.count { tallies.append(Tally()) }
    return number
  }

  private mutating func request(_ id: OperationID, request: Operation) {
    let number = number(of: request.invocation.input)
    tallies[number].requestedAt = min(tallies[number].requestedAt, request.invokedAt)
    guard !request.hasFailed else { return }
    tallies[number].possibleAt = min(tallies[number].possibleAt, request.invokedAt)
    if request.output != nil, request.end < tallies[number].acknowledged?.end ?? .max {
      tallies[number].acknowledged = (id, request.end)
    }
  }

  private mutating func effect(_ id: OperationID, operation: Operation, output: Value) {
    let input = operation.invocation.input
    let number = number(of: input == .none ? output : input)
    tallies[number].effects.append(id)
    sightings.append(Sighting(number: number, id: id, end: operation.end))
  }

  private mutating func read(
    _ id: OperationID, operation: Operation, output: Value
  ) throws(SpecificationError) {
    guard let identifiers = output.elements else {
      throw SpecificationError(
        operation, message: "\(output) is not a list of identifiers",
        fix: "record the effects as [7 8 8]")
    }
    let listed = identifiers.map { number(of: $0) }
    for number in listed { tallies[number].listed += 1 }
    for number in listed {
      if tallies[number].listed > tallies[number].mostListed {
        tallies[number].mostListed = tallies[number].listed
        tallies[number].listedBy = id
      }
      tallies[number].listed = 0
      sightings.append(Sighting(number: number, id: id, end: operation.end))
    }
    if operation.end > lastReading?.end ?? -1 {
      lastReading = (operation.invokedAt, operation.end)
    }
  }
}
