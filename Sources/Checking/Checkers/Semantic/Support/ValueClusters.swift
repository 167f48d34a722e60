import Histories

/// The span of events in which a register must have held a value, or may have held it.
struct Zone {
  /// The earliest completion of an operation on the value.
  let first: Int
  /// The latest invocation of an operation on the value.
  let last: Int

  /// Whether the register held the value all the way from `first` to `last`; else it held it at
  /// some moment between `last` and `first`.
  var isForward: Bool { first < last }

  /// Whether no order of operations allows both zones.
  func conflicts(with other: Zone) -> Bool {
    (isForward || other.isForward) && first < other.last && other.first < last
  }
}

/// The write of one value to a register, with the reads that returned it.
struct ValueCluster {
  let value: Value
  var write: OperationID?
  var writeInvokedAt = Int.max
  /// The completion, or the timeout; the largest number if there is neither.
  var writeEnd = Int.max
  var isAcknowledged = false
  var hasFailedWrite = false
  /// The read that completed first.
  var firstRead: (end: Int, id: OperationID)?
  /// The read that was invoked last.
  var lastRead: (invokedAt: Int, id: OperationID)?

  /// Whether the value certainly was in the register.
  var isVisible: Bool { isAcknowledged || lastRead != nil }

  /// The zone of a write that took effect before its timeout.
  var zone: Zone {
    Zone(
      first: min(writeEnd, firstRead?.end ?? .max),
      last: max(writeInvokedAt, lastRead?.invokedAt ?? -1))
  }

  /// The zone of a write that may take effect after its timeout.
  var openZone: Zone {
    Zone(first: isAcknowledged ? zone.first : firstRead?.end ?? .max, last: zone.last)
  }

  /// The operations at both ends of the zone.
  var evidence: [OperationID] {
    [write, firstRead.flatMap { $0.end < writeEnd ? $0.id : nil }, lastRead?.id].compactMap(\.self)
  }
}

/// The operations on one register, by value.
struct ValueClusters {
  let key: Value
  /// The clusters in the order in which the values are first mentioned; the initial one leads.
  private(set) var all: [ValueCluster]
  /// A value that was written more than once, if there is one.
  private(set) var ambiguous: Value?
  /// How many writes ended with an unknown outcome.
  private(set) var timeoutCount = 0
  private var numbering = Numbering<Value>()

  /// Collects `read`, `write` and `cas [expected new]`.
  init(_ object: ObjectHistory, initial: Value) throws(SpecificationError) {
    key = object.key
    var start = ValueCluster(value: initial)
    (start.writeInvokedAt, start.writeEnd, start.isAcknowledged) = (-1, -1, true)
    all = [start]
    _ = numbering.number(of: initial)
    for (id, operation) in object {
      switch operation.invocation.function {
      case "read": if let output = operation.output { read(output, id: id, operation: operation) }
      case "write": write(operation.invocation.input, id: id, operation: operation)
      case "cas":
        guard case .list(let pair) = operation.invocation.input, pair.count == 2 else {
          throw SpecificationError(
            operation, message: "cas takes two values", fix: "record its value as [expected new]")
        }
        if operation.output == .some(.boolean(false)) { continue }
        if operation.output != nil { read(pair[0], id: id, operation: operation) }
        write(pair[1], id: id, operation: operation)
      default: throw operation.foreign("resolve", fix: "use read, write and cas")
      }
    }
  }

  /// Reports a cluster that is impossible by itself; false if it is.
  func explain(_ cluster: ValueCluster, _ findings: inout Findings) -> Bool {
    guard let first = cluster.firstRead, first.end < cluster.writeInvokedAt else { return true }
    let reason =
      cluster.write != nil
      ? "before it was written"
      : cluster.hasFailedWrite ? "although writing it failed" : "but nobody wrote it"
    findings.add(
      "not-linearizable", key: key,
      operations: [cluster.write, first.id].compactMap(\.self).sorted(),
      text: "\(cluster.value) was read, \(reason)")
    return false
  }

  private mutating func number(of value: Value) -> Int {
    let number = Int(numbering.number(of: value))
    if number == all.count { all.append(ValueCluster(value: value)) }
    return number
  }

  private mutating func read(_ value: Value, id: OperationID, operation: Operation) {
    let number = number(of: value)
    if operation.end < all[number].firstRead?.end ?? .max {
      all[number].firstRead = (operation.end, id)
    }
    if operation.invokedAt > all[number].lastRead?.invokedAt ?? -1 {
      all[number].lastRead = (operation.invokedAt, id)
    }
  }

  private mutating func write(_ value: Value, id: OperationID, operation: Operation) {
    let number = number(of: value)
    guard !operation.hasFailed else {
      all[number].hasFailedWrite = true
      return
    }
    if operation.completion == .info, operation.completedAt != nil { timeoutCount += 1 }
    guard all[number].writeInvokedAt == .max else {
      ambiguous = value
      return
    }
    all[number].write = id
    all[number].writeInvokedAt = operation.invokedAt
    all[number].writeEnd = operation.end
    all[number].isAcknowledged = operation.output != nil
  }
}
