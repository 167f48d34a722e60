import Histories

/// Judges the late reads of one object.
struct ConvergenceJudge {
  private let object: ConvergenceHistory.Object
  /// What registers hold at first.
  private let initial: Value
  /// The reads that have to agree.
  let finalReads: [ConvergenceHistory.Read]

  init(_ object: ConvergenceHistory.Object, initial: Value, isLastOnly: Bool) {
    self.object = object
    self.initial = initial
    var last: [ProcessID: Int] = [:]
    for (place, read) in object.reads.enumerated() { last[read.process] = place }
    finalReads = object.reads.indices.filter { place in
      !isLastOnly || last[object.reads[place].process] == place
    }.map { object.reads[$0] }
  }

  /// How many processes take part in the agreement.
  var readers: Int { Set(finalReads.map(\.process)).count }

  /// What is wrong with the reads.
  var anomalies: [Anomaly] {
    guard let first = finalReads.first else { return [] }
    if let other = finalReads.first(where: { content($0) != content(first) }) {
      return [
        anomaly(
          "divergence", operations: [first.operation, other.operation],
          text: "process \(first.process.number) finally read \(first.result), but process "
            + "\(other.process.number) read \(other.result)")
      ]
    }
    return wrongContent(first) + reverted(content(first))
  }

  /// What a read found, in a form in which equal contents are equal.
  private func content(_ read: ConvergenceHistory.Read) -> Set<Value> {
    switch (object.kind, read.result) {
    case (.set, .list(let elements)): Set(elements)
    case (.set, .none): []
    case (.list, .none): [.list([])]
    default: [read.result]
    }
  }

  /// What the agreed content misses, or holds although nobody wrote it.
  private func wrongContent(_ read: ConvergenceHistory.Read) -> [Anomaly] {
    let known = Set(object.writes.map(\.value))
    let acknowledged = object.writes.filter(\.isAcknowledged)
    var elements: [Value] = []
    switch (object.kind, read.result) {
    case (.register, _) where known.contains(read.result): return []
    case (.register, initial): return acknowledged.first.map { [lost($0, read: read)] } ?? []
    case (.register, _): return [thinAir(read, value: read.result)]
    case (.set, .list(let values)), (.list, .list(let values)), (nil, .list(let values)):
      elements = values
    case (_, .none), (nil, initial): break
    default: elements = [read.result]
    }
    let found = Set(elements)
    let strange = elements.first { !known.contains($0) }
    let missing = acknowledged.first { !found.contains($0.value) }
    return [strange.map { thinAir(read, value: $0) }, missing.map { lost($0, read: read) }]
      .compactMap { $0 }
  }

  /// Reads of another value after the same process had already found what all agree on.
  private func reverted(_ agreed: Set<Value>) -> [Anomaly] {
    var arrival: [ProcessID: ConvergenceHistory.Read] = [:]
    var anomalies: [Anomaly] = []
    for read in object.reads {
      if content(read) == agreed {
        if arrival[read.process] == nil { arrival[read.process] = read }
      } else if let before = arrival[read.process] {
        anomalies.append(
          anomaly(
            "reverted-read", operations: [before.operation, read.operation],
            text:
              "process \(read.process.number) had read the final \(before.result) and then read "
              + "\(read.result) again"))
      }
    }
    return anomalies
  }

  private func thinAir(_ read: ConvergenceHistory.Read, value: Value) -> Anomaly {
    anomaly(
      "thin-air-read", operations: [read.operation],
      text: "\(value) was finally read, although nobody wrote it")
  }

  private func lost(_ write: ConvergenceHistory.Write, read: ConvergenceHistory.Read) -> Anomaly {
    anomaly(
      "lost-write", operations: [write.operation, read.operation],
      text: "\(write.value) was acknowledged, but the final read returned \(read.result)")
  }

  private func anomaly(_ name: String, operations: [Int], text: String) -> Anomaly {
    let key = object.key == .none ? "" : "key \(object.key): "
    return Anomaly(
      name, key: object.key, operations: operations.map { OperationID($0) }, text: key + text)
  }
}
