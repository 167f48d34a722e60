import Determinism
import Histories
import Testing

@testable import Checking

/// The verdicts on other projects' histories are those of the projects themselves.
///
/// Left out: Knossos' `mutex` and one `cas-register` history in JSON (the EDN twins are here).
@Suite(.enabled(if: Conformance.isPresent, "the conformance histories are not on this machine"))
struct ConformanceTests {
  private static let rows = Conformance.rows(
    in: "porcupine/", "knossos/", "elle-cli/histories/knossos/", "stateright/"
  ).filter { model(of: $0) != nil && !$0.path.hasSuffix(".json") }

  /// The model that a row of the manifest speaks of, by our name.
  private static func model(of row: Conformance.Row) -> String? {
    switch row.model {
    case "etcd register {read,write,cas} init nil": "cas-register"
    case "kv {get,put,append} strings init \"\"": "kv-string"
    case "register init 0":
      row.path.hasPrefix("knossos")
        ? "register?initial=0&nil-reads=unknown" : "register?initial=0"
    case "cas-register init 0": "cas-register?initial=0&nil-reads=unknown"
    case "elle-cli cas-register": "cas-register?nil-reads=unknown"
    case "elle-cli mutex": "mutex"
    case "set init {}": "grow-only-set"
    case "linearizable register": "register?initial=\"A\""
    case "linearizable vec-stack": "stack"
    case "multi-register {:x 0 :y 0}": "multi-register?initial=0&nil-reads=unknown"
    case let other where other.hasPrefix("nondeterministic register"): "nondeterministic-register"
    default: nil
    }
  }

  @Test func `the manifest has not lost its rows`() {
    #expect(Self.rows.count >= 146, "only \(Self.rows.count) rows")
  }

  @Test(arguments: rows)
  func `the verdict is that of the source`(row: Conformance.Row) throws {
    let name = try #require(Self.model(of: row))
    let model = try #require(Models.named(name))
    let history = try HistoryReader.read(try Conformance.content(of: row.path))
    switch try model.check(history, limits: .standard) {
    case .valid: #expect(row.isValid)
    case .invalid(let explanation): #expect(!row.isValid, "\(explanation)")
    case .unknown(let limit): Issue.record("undecided: \(limit)")
    }
  }

  @Test(arguments: [("bad-analysis", 14), ("immediate-failure", 3), ("rethink-fail-minimal", 4)])
  func `the operation to blame is the one that Knossos names`(file: String, event: Int) throws {
    let path = "knossos/data/cas-register/bad/\(file).edn"
    let history = try HistoryReader.read(try Conformance.content(of: path))
    let register = RegisterSpecification(
      initial: file == "rethink-fail-minimal" ? .none : .integer(0), nilRead: .unknown)
    let verdict = try LinearizabilityChecker(register).check(history)
    #expect(verdict.explanation?.event == event)
  }

  @Test func `the certificate of a string store holds key by key`() throws {
    let content = try Conformance.content(of: "porcupine/test_data/kv/c10-ok.txt")
    try expectValid(content, TextStoreSpecification())
  }

  @Test(arguments: ["c01-ok", "c10-ok"])
  func `the certificate of a string store holds with all keys together`(file: String) throws {
    let content = try Conformance.content(of: "porcupine/test_data/kv/\(file).txt")
    try expectValid(content, ProductSpecification(TextStoreSpecification()))
  }

  @Test(arguments: rows.filter { $0.model.hasPrefix("etcd") && $0.isValid })
  func `the certificates of the etcd logs hold`(row: Conformance.Row) throws {
    try expectValid(try Conformance.content(of: row.path), RegisterSpecification())
  }

  private func expectValid(
    _ content: [UInt8], _ specification: some SequentialSpecification
  ) throws {
    let history = try HistoryReader.read(content)
    let verdict = try LinearizabilityChecker(specification).check(history)
    let found = try #require(verdict.linearization)
    let complaint = try LinearizationVerifier(specification).complaint(about: found, of: history)
    #expect(complaint == nil)
  }
}
