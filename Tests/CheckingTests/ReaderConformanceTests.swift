import Determinism
import Histories
import Testing

@testable import Checking

/// The histories of other projects can be read, and mean what those projects say.
@Suite(.enabled(if: Conformance.isPresent, "the conformance histories are not on this machine"))
struct ReaderConformanceTests {
  /// The files, each once; several rows of the manifest may be about one file.
  private static let rows = Conformance.rows(in: "").reduce(into: [Conformance.Row]()) {
    rows, row in
    if rows.last?.path != row.path { rows.append(row) }
  }

  /// What is refused, and why: these files are inputs of unit tests and no histories.
  private static let refused = [
    "elle/inline/la-016-unobserved-write-test.edn":
      "process 0 invokes txn while its txn is open",
    "elle/inline/rw-012-checker-test-initial-state.edn":
      "process 0 invokes txn while its txn is open",
    "jepsen/inline/causal-reverse-005-casusal-reverse-test-Can-validate-concurrent-histories.edn":
      "process 0 invokes write while its write is open",
    "elle/inline-unit/core-001-process-graph-test.edn": "this event has no :f",
  ]

  /// How many operations a file has where the manifest leaves out what never ended.
  private static let otherCounts = [
    "jepsen/inline/checker-001-queue-test-Possible-enqueue-but-no-dequeue.edn": 1,
    "jepsen/inline/checker-003-queue-test-concurrent-enqueue-dequeue.edn": 2,
    "jepsen/inline/checker-007-total-queue-test-pathological.edn": 7,
    "jepsen/inline/checker-011-counter-test-incomplete-history.edn": 3,
  ]

  /// The bytes at the beginning of a file that a test without optimisation has time for.
  private static let most = 300_000

  /// Elle's tests have completions without invocations.
  private static func options(for path: String) -> HistoryReadingOptions {
    HistoryReadingOptions(
      loneCompletions: path.hasPrefix("elle/inline") ? .instantaneous : .refused)
  }

  private static func format(of row: Conformance.Row) -> HistoryFormat? {
    switch row.format {
    case "edn", "edn op maps (one per line)", "edn vector of op maps", "edn-like lines with :key":
      .edn
    case "json array": .json
    case "jepsen util log": .porcupine
    case "jsonl (first line = model/init)": .stateright
    case "dbcop .hist text": .dbcop
    case let other where other.hasPrefix("jsonl (call/return"): .jsonl
    case let other where other.hasPrefix("jsonl (op intervals"): .jsonl
    default: nil
    }
  }

  @Test func `the manifest has not lost its rows`() {
    #expect(Self.rows.count >= 240, "only \(Self.rows.count) files")
  }

  @Test(arguments: rows)
  func `the format is recognised and the history read`(row: Conformance.Row) throws {
    let content = try Conformance.content(of: row.path)
    let format = try #require(Self.format(of: row), "an unknown format: \(row.format)")
    // Nothing can be told from an empty log.
    #expect(HistoryFormat.detect(content) == format || row.operations == 0)
    if let reason = Self.refused[row.path] {
      let error = #expect(throws: HistoryError.self) { try HistoryReader.read(content) }
      #expect(error?.message == reason)
      return
    }
    let lines = content.prefix(Self.most).split(separator: UInt8(ascii: "\n")).dropLast()
    let isLong = content.count > Self.most
    let history = try HistoryReader.read(
      isLong ? Array(lines.joined(separator: [UInt8(ascii: "\n")])) : content, format: format,
      options: Self.options(for: row.path))
    let expected = Self.otherCounts[row.path] ?? row.operations
    #expect(isLong ? history.operations.count > 300 : history.operations.count == expected)
  }

  @Test(arguments: [
    "jepsen/bank", "jepsen/counter", "jepsen/set_full", "elle/paper-example", "elle/rw-register",
    "knossos/cas-register/good/memstress3-9", "knossos/mutex/bad/etcd",
  ])
  func `the twins in EDN and JSON are the same history`(name: String) throws {
    let twins = try [".edn", ".json"].map { ending in
      let content = try Conformance.content(of: "elle-cli/histories/\(name)\(ending)")
      return try HistoryReader.readFile(content)
    }
    #expect(twins.map(\.format) == [.edn, .json])
    // JSON has strings where EDN has keywords such as the keys of this one.
    let texts = twins.map { HistoryWriter.write($0.history, format: .json) }
    #expect(texts[0] == texts[1])
    if name != "elle/rw-register" {
      #expect(twins[0].history.operations == twins[1].history.operations)
    }
  }

  @Test(arguments: rows.filter { $0.model == "linearizable register" })
  func `Stateright's registers begin with the value that their files name`(
    row: Conformance.Row
  ) throws {
    let file = try HistoryReader.readFile(try Conformance.content(of: row.path))
    let name = try #require(file.suggestedModel)
    let model = try #require(Models.named(name))
    switch try model.check(file.history, limits: .standard) {
    case .valid: #expect(row.isValid)
    case .invalid: #expect(!row.isValid)
    case .unknown(let limit): Issue.record("undecided: \(limit)")
    }
  }

  @Test(arguments: rows.filter { $0.path.hasPrefix("knossos/") || $0.path.hasPrefix("porcupine/") })
  func `writing a history as EDN changes no verdict`(row: Conformance.Row) throws {
    let history = try HistoryReader.read(try Conformance.content(of: row.path))
    guard row.operations < 60, let name = Models.suggested(for: history),
      let model = Models.named(name)
    else { return }
    let copy = try HistoryReader.read(HistoryWriter.write(history, format: .edn), format: .edn)
    let verdicts = try [history, copy].map {
      try model.check($0, limits: .standard).linearization != nil
    }
    #expect(verdicts[0] == verdicts[1])
  }
}
