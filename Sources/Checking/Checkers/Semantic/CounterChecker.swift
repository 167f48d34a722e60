import Histories

extension Checker {
  /// Every read of a counter lies between what must and what may have been added.
  static var counter: Checker {
    Checker(
      "counter",
      guide: Guide(
        summary: "add, increment, decrement and read: reads stay within bounds",
        guarantee: "every read lies between the sum of the adds that must have happened and the "
          + "sum of those that may have; with exact=yes the counter is linearizable",
        complexity: "O(n log n); exact=yes is exponential in k at worst",
        source: "Jepsen, checker/counter",
        failure: """
          {:process 0 :type :invoke :f :add :value 1}
          {:process 0 :type :ok :f :add :value 1}
          {:process 1 :type :invoke :f :read}
          {:process 1 :type :ok :f :read :value 0}
          """),
      options: [
        CheckerOption(
          "exact", values: .word(["no", "yes"]),
          meaning: "whether to search for a linearization too, which the bounds do not promise")
      ]
    ) { (history, options, limits) throws(SpecificationError) in
      var findings = Findings("out-of-bounds")
      var readCount = 0
      for object in ObjectHistory.all(of: history) {
        let bounds = try CounterBounds(object)
        readCount += bounds.reads.count
        for read in bounds.reads where !(read.lower...read.upper).contains(read.value) {
          findings.add(
            "out-of-bounds", key: object.key, operations: [read.id],
            text: "read \(read.value), which should be from \(read.lower) to \(read.upper)")
        }
      }
      var assessment = findings.assessment([.count("read-count", count: readCount)])
      guard options.word("exact") == "yes", assessment.outcome == .valid else { return assessment }
      let search = LinearizabilityChecker(CounterSpecification(), limits: limits)
      let exact = Assessment(try search.check(history))
      (assessment.outcome, assessment.linearization) = (exact.outcome, exact.linearization)
      assessment.explanation = exact.explanation
      return assessment
    }
  }
}

/// The completed reads of one counter with the least and the greatest value that each may have.
struct CounterBounds {
  /// A read between its bounds, or outside of them.
  struct Read {
    let id: OperationID
    let lower: Int64
    let value: Int64
    let upper: Int64
  }

  /// The reads in order of completion.
  private(set) var reads: [Read] = []

  private enum Moment {
    case tried(Int64)
    case succeeded(Int64)
    case readBegan(Int)
    case readEnded(Int, id: OperationID, value: Int64)
  }

  private struct Sums {
    var increases: Int64 = 0
    var decreases: Int64 = 0

    mutating func add(_ amount: Int64) {
      if amount > 0 { increases += amount } else { decreases += amount }
    }
  }

  /// Adds up what must have happened before a read began and what may have before it ended.
  init(_ object: ObjectHistory) throws(SpecificationError) {
    let moments = try Self.moments(of: object)
    var possible = Sums()
    var certain = Sums()
    var certainAtStart: [Sums] = []
    for (_, moment) in moments {
      switch moment {
      case .tried(let amount): possible.add(amount)
      case .succeeded(let amount): certain.add(amount)
      case .readBegan: certainAtStart.append(certain)
      case .readEnded(let number, let id, let value):
        let before = certainAtStart[number]
        reads.append(
          Read(
            id: id, lower: before.increases + possible.decreases, value: value,
            upper: possible.increases + before.decreases))
      }
    }
  }

  /// What happens to the counter, in the order of events.
  private static func moments(
    of object: ObjectHistory
  ) throws(SpecificationError) -> [(event: Int, Moment)] {
    var moments: [(event: Int, Moment)] = []
    var readCount = 0
    var magnitude: UInt64 = 0
    for (id, operation) in object {
      switch try CounterSpecification().action(for: operation) {
      case .add(let amount):
        magnitude = try sum(magnitude, amount: amount, of: operation)
        if operation.hasFailed { continue }
        moments.append((operation.invokedAt, .tried(amount)))
        if operation.output != nil { moments.append((operation.end, .succeeded(amount))) }
      case .read(let value):
        moments.append((operation.invokedAt, .readBegan(readCount)))
        moments.append((operation.end, .readEnded(readCount, id: id, value: value)))
        readCount += 1
      case nil: continue
      }
    }
    return moments.sorted { $0.event < $1.event }
  }

  /// Adds an amount to those before; all together must fit into 63 bits.
  private static func sum(
    _ magnitude: UInt64, amount: Int64, of operation: Operation
  ) throws(SpecificationError) -> UInt64 {
    let (total, overflows) = magnitude.addingReportingOverflow(amount.magnitude)
    guard overflows || total > Int64.max.magnitude else { return total }
    throw SpecificationError(
      operation, message: "the amounts together do not fit into 63 bits", fix: "add smaller amounts"
    )
  }
}
