import Histories

extension Checker {
  /// A write is never visible without the writes that completed before it began.
  static var causalReverse: Checker {
    Checker(
      "causal-reverse",
      guide: Guide(
        summary: "writes of distinct values and reads of all: no effect before its cause",
        guarantee: "a read that sees a write sees every write that had completed before that one "
          + "was invoked; strict serializability promises this, serializability does not",
        complexity: "O(n log n) in the length of all reads together",
        source: "Jepsen, tests/causal-reverse",
        failure: """
          {:process 0 :type :invoke :f :write :value 1}
          {:process 0 :type :ok :f :write :value 1}
          {:process 0 :type :invoke :f :write :value 2}
          {:process 0 :type :ok :f :write :value 2}
          {:process 1 :type :invoke :f :read}
          {:process 1 :type :ok :f :read :value [2]}
          """)
    ) { (history, _, _) throws(SpecificationError) in
      var findings = Findings("causal-reverse")
      var readCount = 0
      var doubt: String?
      for object in ObjectHistory.all(of: history) {
        let analysis = try CausalReverseAnalysis(object)
        readCount += analysis.reads.count
        doubt = analysis.doubt ?? doubt
        analysis.judge(&findings)
      }
      return findings.assessment([.count("read-count", count: readCount)], doubt: doubt)
    }
  }
}

/// Finds, for each read, the write it sees that began last: all that completed before must show.
private struct CausalReverseAnalysis {
  private struct Write {
    let id: OperationID
    let invokedAt: Int
    /// The completion, or the largest number unless it succeeded.
    let end: Int
  }

  let reads: [(id: OperationID, values: [Value])]
  private(set) var doubt: String?
  private let key: Value
  private var numbering = Numbering<Value>()
  private var writes: [Write] = []
  /// The numbers of the writes that succeeded, in order of completion.
  private let succeeded: [Int]

  init(_ object: ObjectHistory) throws(SpecificationError) {
    key = object.key
    var reads: [(id: OperationID, values: [Value])] = []
    for (id, operation) in object {
      switch operation.invocation.function {
      case "write":
        let value = operation.invocation.input
        guard numbering.number(of: value) == writes.count else {
          doubt = "\(value) is written more than once: write distinct values"
          continue
        }
        let end = operation.output == nil ? Int.max : operation.end
        writes.append(Write(id: id, invokedAt: operation.invokedAt, end: end))
      case "read":
        guard let output = operation.output else { continue }
        guard let values = output.elements else {
          throw SpecificationError(
            operation, message: "\(output) is not a list of values", fix: "record a read as [a b]")
        }
        reads.append((id, values))
      default: throw operation.foreign("causal-reverse", fix: "use write and read")
      }
    }
    self.reads = reads
    let ends = writes.map(\.end)
    succeeded = ends.indices.filter { ends[$0] != .max }.sorted { ends[$0] < ends[$1] }
  }

  func judge(_ findings: inout Findings) {
    var numbering = numbering
    for read in reads {
      let numbers = read.values.map { Int(numbering.number(of: $0)) }.filter { $0 < writes.count }
      guard let effect = numbers.max(by: { writes[$0].invokedAt < writes[$1].invokedAt }) else {
        continue
      }
      let isSeen = Set(numbers)
      let bound = writes[effect].invokedAt
      // The first write that is missing or no cause any more; at most one further than was seen.
      let next = succeeded.first { writes[$0].end > bound || !isSeen.contains($0) }
      guard let missing = next, writes[missing].end < bound else { continue }
      findings.add(
        "causal-reverse", key: key, operations: [writes[missing].id, writes[effect].id, read.id],
        text:
          "the read sees \(numbering.elements[effect]) but not \(numbering.elements[missing]), which "
          + "had been written before")
    }
  }
}
