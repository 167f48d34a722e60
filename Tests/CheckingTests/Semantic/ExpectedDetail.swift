import Determinism
import Testing

@testable import Checking
@testable import Histories

/// What a source says about a history beyond the verdict: a map in EDN.
struct ExpectedDetail {
  private let form: EDNValue
  private let source: SourceText

  init(_ text: String) throws {
    var reader = EDNReader(Array(text.utf8))
    form = try #require(try reader.next())
    source = reader.source
  }

  private init(_ form: EDNValue, _ source: SourceText) {
    self.form = form
    self.source = source
  }

  private var entries: [(key: EDNValue, value: EDNValue)] {
    if case .map(let entries) = form.form { entries } else { [] }
  }

  /// The keywords of the map, in order.
  var keys: [String] {
    entries.compactMap { if case .keyword(let name) = $0.key.form { name } else { nil } }
  }

  /// The entries that are whole numbers.
  var integers: [(name: String, number: Int64)] {
    keys.compactMap { name in
      if case .integer(let number) = form[name]?.form { (name, number) } else { nil }
    }
  }

  /// The value of an entry, `none` if there is none.
  func value(_ key: String) throws -> Value { try form[key]?.value(in: source) ?? .none }

  /// The elements of an entry that is a list, a set or a map; a multiset is `(multiset a b)`.
  func values(_ key: String) throws -> [Value] {
    switch form[key]?.form {
    case .map, .set:
      guard case .list(let elements) = try value(key) else { return [] }
      return elements
    case .list(let elements):
      return try elements.compactMap {
        if case .symbol("multiset") = $0.form { nil } else { try $0.value(in: source) }
      }
    default: return []
    }
  }

  /// An entry that is a map.
  func map(_ key: String) throws -> ExpectedDetail {
    ExpectedDetail(try #require(form[key]), source)
  }

  /// The elements of an entry that is a list of maps.
  func maps(_ key: String) throws -> [ExpectedDetail] {
    guard case .list(let elements) = form[key]?.form else { return [] }
    return elements.map { ExpectedDetail($0, source) }
  }

  /// An entry as `FoundDetail` gives it: operations by the times of their completions.
  func normalized(_ key: String) throws -> Value {
    switch key {
    case "op", "writer", "max-read", "reader": try map(key).value("time")
    case "ops": .list(try maps(key).map { try $0.value("time") })
    case "cycle": .list(try maps(key).dropFirst().map { try $0.value("time") }.inOrder)
    case "values": .list(try values(key))
    default: try value(key)
    }
  }
}

/// What an analysis found, by the names that Jepsen uses.
struct FoundDetail {
  private let finding: LogFinding
  private let analysis: LogAnalysis

  init(_ finding: LogFinding, _ analysis: LogAnalysis) {
    self.finding = finding
    self.analysis = analysis
  }

  private var times: [Value] {
    finding.operations.map { id in
      let transaction = analysis.history.transactions.first { $0.id == id }
      let time = transaction?.completionTime?.nanosecondsSinceStart ?? 0
      return .integer(Int64(time))
    }
  }

  private var messages: [Value] { finding.messages.map(analysis.history.value) }

  private var offsets: [Value] { analysis.offsets(finding).map { .integer($0) } }

  private func index(_ place: Int) -> Value {
    let first = finding.key.map { analysis.order.slots(of: $0).lowerBound } ?? 0
    return .integer(Int64(place - first))
  }

  /// The value of an entry.
  func value(_ key: String) -> Value {
    switch key {
    case "key": finding.key.map { analysis.history.keys.elements[$0] } ?? .none
    case "value": messages[0]
    // Two values at one offset are a set; values out of order are not.
    case "values": .list(finding.kind == .inconsistentOffsets ? messages.inOrder : messages)
    case "delta": .integer(Int64(finding.delta))
    case "skipped": .list(analysis.skipped(finding))
    case "offset": offsets[0]
    case "offsets": .list(offsets)
    case "count": .integer(Int64(offsets.count))
    case "index": index(finding.slots.lowerBound)
    case "max-read-index":
      index(
        analysis.order.places.indices.filter { analysis.order.isPolled[$0] }
          .compactMap { analysis.order.places[$0].first?.slot }.max() ?? -1)
    case "op", "writer": times[0]
    case "max-read", "reader": times[1]
    case "ops": .list(times)
    case "cycle": .list(times.inOrder)
    default: .text("no such detail")
    }
  }
}

extension [Value] {
  /// Numbers in ascending order.
  fileprivate var inOrder: [Value] {
    sorted { $0.integer ?? 0 < $1.integer ?? 0 }
  }
}
