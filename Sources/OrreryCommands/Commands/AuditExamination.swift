import CheckerAudit
import Dispatch
import Synchronization
import Terminal

/// Every checker beside its definition on random histories: `orrery doctor checkers`.
struct AuditExamination {
  /// What came of one audit.
  struct Result: Encodable, Sendable {
    let name: String
    let histories: UInt64
    /// How many of the histories were valid; all or none would prove little.
    var valid: UInt64 = 0
    var mismatches: UInt64 = 0
    /// The first mismatch, with the seed that shows it again.
    var first_mismatch: String?
  }

  private let audits: [Audit]
  private let runs: UInt64
  private let context: CommandContext

  init(_ context: CommandContext, _ audits: [Audit], runs: UInt64) {
    self.context = context
    self.audits = audits
    self.runs = runs
  }

  /// Runs all audits, as many at once as there are cores; seeds count from 1.
  ///
  /// An interrupt keeps the results so far.
  func run() -> [Result] {
    let results = Mutex<[Int: Result]>([:])
    let line = Mutex(ProgressLine(on: context.diagnostics))
    let began = ContinuousClock.now
    DispatchQueue.concurrentPerform(iterations: audits.count) { number in
      guard let result = examine(audits[number]) else { return }
      let done = results.withLock { results in
        results[number] = result
        return results.count
      }
      guard !context.options.isQuiet else { return }
      let elapsed = UInt64((ContinuousClock.now - began) / .milliseconds(1))
      line.withLock {
        StandardError.write($0.update("\(done) of \(audits.count) audits", at: elapsed))
      }
    }
    line.withLock { StandardError.write($0.clear()) }
    return results.withLock { results in audits.indices.compactMap { results[$0] } }
  }

  private func examine(_ audit: Audit) -> Result? {
    var result = Result(name: audit.name, histories: runs)
    for seed in 1...runs {
      guard !Interrupt.isRequested else { return nil }
      var mismatch: String?
      do {
        let comparison = try audit.compare(seed)
        if comparison.isValid { result.valid += 1 }
        mismatch = comparison.mismatch
      } catch {
        mismatch = "\(error)"
      }
      guard let mismatch else { continue }
      result.mismatches += 1
      if result.first_mismatch == nil { result.first_mismatch = "seed \(seed): \(mismatch)" }
    }
    return result
  }
}
