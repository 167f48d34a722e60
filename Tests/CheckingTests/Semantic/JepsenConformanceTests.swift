import Determinism
import Histories
import Testing

@testable import Checking

/// The semantic checkers say of Jepsen's and elle-cli's histories what those projects establish.
@Suite(.enabled(if: Conformance.isPresent, "the conformance histories are not on this machine"))
struct JepsenConformanceTests {
  /// All rows; none is left out.
  private static let rows = Conformance.rows(in: "jepsen/", "elle-cli/histories/jepsen/")

  /// The checker that a row of the manifest speaks of, with its options.
  private static func checker(of row: Conformance.Row) -> String? {
    switch row.model {
    case "jepsen (queue (unordered-queue))": "queue"
    case "jepsen (total-queue)": "total-queue"
    case "jepsen (set)", "elle-cli set": "set"
    case "jepsen (set-full)", "elle-cli set-full": "set-full"
    case "jepsen (counter)", "elle-cli counter": "counter"
    case "elle-cli bank": "bank"
    case "elle-cli long-fork": row.detail == "--group-size 3" ? "long-fork?group-size=3" : nil
    case "jepsen causal-reverse (checker)": "causal-reverse"
    case "jepsen kafka analysis": "log"
    default: nil
    }
  }

  /// A row's history; in one file a process writes 2, writes 1 and reads all at once, which no
  /// process can, so that these become three.
  private static func history(of row: Conformance.Row) throws -> History {
    var text = String(decoding: try Conformance.content(of: row.path), as: UTF8.self)
    if row.path.contains("causal-reverse-005") {
      text.replace(":process 0, :f :write, :value 2", with: ":process 1, :f :write, :value 2")
      text.replace(":process 0, :f :read", with: ":process 2, :f :read")
    }
    return try HistoryReader.read(text, format: row.path.hasSuffix(".json") ? .json : .edn)
  }

  private static func assessment(of row: Conformance.Row) throws -> Assessment {
    let name = try #require(checker(of: row))
    return try #require(Checkers.named(name)).check(history(of: row))
  }

  @Test func `the manifest has not lost its rows`() {
    #expect(Self.rows.count >= 42, "only \(Self.rows.count) rows")
  }

  @Test(arguments: rows)
  func `the verdict is that of the source`(row: Conformance.Row) throws {
    let assessment = try Self.assessment(of: row)
    let anomalies = assessment.anomalies.map(\.name)
    switch row.verdict {
    case "valid": #expect(assessment.outcome == .valid, "\(assessment.anomalies)")
    case "invalid": #expect(assessment.outcome == .invalid)
    case "unknown":
      guard case .unknown = assessment.outcome else {
        Issue.record("\(assessment.outcome)")
        return
      }
    case "no such anomaly":
      let name = try #require(row.detail.firstMatch(of: /:errors\.([\w-]+)/)).1
      #expect(!anomalies.contains(String(name)))
    case "see detail": break
    case let other:
      let name = try #require(other.wholeMatch(of: /anomaly (.*)/)).1
      #expect(anomalies.contains(String(name)), "\(anomalies)")
    }
  }

  @Test(arguments: rows.filter { $0.detail.hasPrefix("{:") && !$0.path.contains("kafka") })
  func `counts and elements are those of the source`(row: Conformance.Row) throws {
    let detail = try ExpectedDetail(row.detail)
    let assessment = try Self.assessment(of: row)
    for (name, number) in detail.integers {
      let fact = assessment.facts.first { $0.name == name }
      #expect(fact?.value == .integer(number), "\(name)")
    }
    for name in ["lost", "stale"] {
      let told = assessment.anomalies.filter { $0.name == name }.map(\.text)
      for element in try detail.values(name) {
        #expect(told.contains { $0.hasPrefix("\(element) ") }, "\(name) \(element)")
      }
    }
    guard row.model.contains("counter") else { return }
    let counters = ObjectHistory.all(of: try Self.history(of: row))
    let bounds = try counters.flatMap { try CounterBounds($0).reads }
    let reads = bounds.map { Value.list([$0.lower, $0.value, $0.upper].map { .integer($0) }) }
    #expect(try reads == detail.values("reads"))
  }

  @Test func `latencies of elements are those of the source`() throws {
    let row = try #require(Self.rows.first { $0.path.contains("stable-lost") })
    let assessment = try Self.assessment(of: row)
    for (name, milliseconds) in [("stable-latencies", 2), ("lost-latencies", 5)] {
      let fact = try #require(assessment.facts.first { $0.name == name })
      for pair in fact.value.elements ?? [] {
        let latency = try #require(pair.elements?.last?.integer)
        #expect(latency / 1_000_000 == milliseconds)
      }
    }
  }

  @Test func `the bank of TiDB fails as often, and as far, as elle-cli says`() throws {
    let row = try #require(Self.rows.first { $0.path.contains("bank-tidb") })
    let facts = try Self.assessment(of: row).facts
    let expected = [
      "read-count": 1805, "wrong-total-count": 1731, "lowest-wrong-total": 97,
      "highest-wrong-total": 267,
    ]
    for name in ["read-count", "wrong-total-count", "lowest-wrong-total", "highest-wrong-total"] {
      let value = facts.first { $0.name == name }?.value.integer
      #expect(value == expected[name].map { Int64($0) }, "\(name)")
    }
  }

  @Test(arguments: rows.filter { $0.verdict.hasPrefix("anomaly ") })
  func `anomalies of logs are those of the source, word for word`(row: Conformance.Row) throws {
    let name = String(row.verdict.dropFirst("anomaly ".count))
    let analysis = LogAnalysis(try LogHistory(Self.history(of: row)))
    let findings = analysis.findings.filter { $0.kind.rawValue == name }
    let expected = try ExpectedDetail(row.detail).maps("errors.\(name)")
    #expect(findings.count == expected.count)
    for (finding, detail) in zip(findings, expected) {
      let found = FoundDetail(finding, analysis)
      for key in detail.keys where key != "type" && key != "steps" {
        #expect(try detail.normalized(key) == found.value(key), "\(key) of \(name)")
      }
    }
  }

  @Test func `the worst realtime lag is that of the source`() throws {
    let row = try #require(Self.rows.first { $0.path.contains("worst-realtime-lag") })
    let facts = try Self.assessment(of: row).facts
    let expected = try ExpectedDetail(row.detail).map("worst-realtime-lag")
    for (name, key) in [("", "lag"), ("-process", "process"), ("-key", "key"), ("-time", "time")] {
      let fact = facts.first { $0.name == "worst-realtime-lag\(name)" }
      #expect(try fact?.value == expected.value(key), "\(key)")
    }
  }

  @Test func `unseen messages are those of the source at every step`() throws {
    let row = try #require(Self.rows.first { $0.path.contains("unseen") })
    let lines = String(decoding: try Conformance.content(of: row.path), as: UTF8.self)
      .split(separator: "\n")
    for step in try ExpectedDetail(row.detail).maps("unseen") {
      let time = try #require(step.value("time").integer)
      let history = try HistoryReader.read(
        lines.prefix(Int(time) + 1).joined(separator: "\n"), format: .edn)
      let unseen = LogLag(LogAnalysis(try LogHistory(history))).unseen
      let counts = try step.values("unseen").compactMap { $0.elements?.last?.integer }
      #expect(unseen.map { Int64($0.count) } == counts.filter { $0 > 0 }, "at \(time)")
    }
  }
}
