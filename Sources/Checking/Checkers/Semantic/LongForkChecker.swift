import Determinism
import Histories

extension Checker {
  /// Reads agree on the order in which keys were written.
  static var longFork: Checker {
    Checker(
      "long-fork",
      guide: Guide(
        summary: "single writes [[:w k v]] and reads of groups [[:r k v] [:r l nil]]: no long fork",
        guarantee: "the reads of each group of keys can be put in one order in which keys only "
          + "become present; snapshot isolation promises this, parallel snapshot isolation does "
          + "not",
        complexity: "O(n log n) for groups of a few keys", source: "Jepsen, tests/long-fork",
        failure: """
          {:process 0 :type :invoke :f :read :value [[:r 0 nil] [:r 1 nil]]}
          {:process 0 :type :ok :f :read :value [[:r 0 1] [:r 1 nil]]}
          {:process 1 :type :invoke :f :read :value [[:r 0 nil] [:r 1 nil]]}
          {:process 1 :type :ok :f :read :value [[:r 0 nil] [:r 1 1]]}
          """),
      options: [
        CheckerOption(
          "group-size", values: .number(minimum: 1, default: nil),
          meaning: "how many keys every read looks at; by default any number")
      ]
    ) { (history, options, _) throws(SpecificationError) in
      var analysis = LongForkAnalysis(groupSize: options.number("group-size").map { Int($0) })
      for (position, operation) in history.operations.enumerated() {
        try analysis.add(OperationID(position), operation: operation)
      }
      return analysis.assessment()
    }
  }
}

/// Sorts the reads of each group by how many keys they found present: each must see what the one
/// before it saw.
private struct LongForkAnalysis {
  private struct Read {
    let id: OperationID
    /// For each key of the group, whether it was there.
    let isPresent: [Bool]
    let count: Int

    init(_ id: OperationID, isPresent: [Bool]) {
      self.id = id
      self.isPresent = isPresent
      count = isPresent.count { $0 }
    }
  }

  private let groupSize: Int?
  private var keys = Numbering<Value>()
  private var writeCounts: [Int] = []
  /// The groups by the numbers of their keys.
  private var groups = Numbering<[Int]>()
  private var reads: [[Read]] = []
  private var doubt: String?

  init(groupSize: Int?) {
    self.groupSize = groupSize
  }

  private mutating func number(of key: Value) -> Int {
    let number = Int(keys.number(of: key))
    if number == writeCounts.count { writeCounts.append(0) }
    return number
  }

  mutating func add(_ id: OperationID, operation: Operation) throws(SpecificationError) {
    let (output, input) = (operation.output, operation.invocation.input)
    let value = output.map { $0 == .none ? input : $0 } ?? input
    var seen: [(key: Int, isPresent: Bool)] = []
    var written: [Int] = []
    for micro in value.elements ?? [.none] {
      guard case .list(let parts) = micro, parts.count == 3, let word = parts[0].word,
        word == "r" || word == "w"
      else {
        throw SpecificationError(
          operation, message: "\(micro) is neither a read nor a write",
          fix: "use [[:r k v]] or [[:w k v]]")
      }
      let key = number(of: parts[1])
      if word == "r" { seen.append((key, parts[2] != .none)) } else { written.append(key) }
    }
    guard written.isEmpty || seen.isEmpty && written.count == 1 else {
      throw SpecificationError(
        operation, message: "this writes and does something else besides", fix: "write single keys")
    }
    if let key = written.first, !operation.hasFailed { write(key) }
    if output != nil, !seen.isEmpty { try read(id, operation: operation, seen: seen) }
  }

  private mutating func write(_ key: Int) {
    writeCounts[key] += 1
    guard writeCounts[key] > 1 else { return }
    doubt = "key \(keys.elements[key]) is written more than once: write each key once"
  }

  private mutating func read(
    _ id: OperationID, operation: Operation, seen: [(key: Int, isPresent: Bool)]
  ) throws(SpecificationError) {
    let sorted = seen.sorted { $0.key < $1.key }
    guard zip(sorted, sorted.dropFirst()).allSatisfy({ $0.key != $1.key }) else {
      throw SpecificationError(
        operation, message: "this reads a key twice", fix: "read each key once")
    }
    if let groupSize, seen.count != groupSize {
      doubt = "a read looks at \(seen.count) keys, not at \(groupSize): choose another group-size"
    }
    let group = Int(groups.number(of: sorted.map(\.key)))
    if group == reads.count { reads.append([]) }
    reads[group].append(Read(id, isPresent: sorted.map(\.isPresent)))
  }

  mutating func assessment() -> Assessment {
    var findings = Findings("long-fork")
    for (group, reads) in reads.enumerated() {
      let sorted = reads.sorted { ($0.count, $0.id) < ($1.count, $1.id) }
      for (left, right) in zip(sorted, sorted.dropFirst()) {
        let differences = zip(left.isPresent, right.isPresent)
        guard let first = differences.enumerated().first(where: { $1.0 && !$1.1 })?.offset,
          let second = differences.enumerated().first(where: { !$1.0 && $1.1 })?.offset
        else { continue }
        let (one, other) = (groups.elements[group][first], groups.elements[group][second])
        findings.add(
          "long-fork", operations: [left.id, right.id].sorted(),
          text:
            "one read saw \(keys.elements[one]) but not \(keys.elements[other]), another the reverse"
        )
      }
    }
    let all = reads.joined()
    return findings.assessment(
      [
        .count("reads-count", count: all.count),
        .count("early-read-count", count: all.count { $0.count == 0 }),
        .count("late-read-count", count: all.count { $0.count == $0.isPresent.count }),
      ], doubt: doubt)
  }
}
