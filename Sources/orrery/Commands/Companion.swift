import Determinism
import Foundation
import Reporting

/// A worker that lives in other surroundings and answers one question at a time.
final class Companion {
  /// How long an answer may take before the worker is taken for hung, in seconds.
  private static let patience: TimeInterval = 120

  private let child: ChildProcess
  private var pool = ChildPool()
  private var answers: [String] = []

  init(
    _ surroundings: DeterminismExamination.Surroundings, _ files: [ScenarioFile]
  ) throws(CommandFailure) {
    let words =
      ["worker"] + files.map(\.reference)
      + (surroundings.ballast > 0 ? ["--ballast", "\(surroundings.ballast)"] : [])
    if surroundings.fixesHashSeed { setenv("SWIFT_DETERMINISTIC_HASHING", "1", 1) }
    defer { if surroundings.fixesHashSeed { unsetenv("SWIFT_DETERMINISTIC_HASHING") } }
    do throws(ProcessError) {
      child =
        if let program = surroundings.program {
          try ChildProcess.spawn(program, words)
        } else {
          try ChildProcess.spawnSelf(words)
        }
    } catch {
      throw CommandFailure("orrery: cannot start a worker: \(error)\n", .internalError)
    }
    _ = pool.add(child)
  }

  /// What came of a question: a Swift trap ends the worker with a signal.
  enum Answer<Content> {
    case answered(Content)
    case died(Int32)
  }

  /// The running digest after every event of a run.
  func digests(of scenario: Int, _ seed: UInt64) throws(CommandFailure) -> Answer<[UInt64]> {
    switch try ask("digests \(scenario) \(seed)") {
    case .died(let signal): .died(signal)
    case .answered(let text):
      .answered(text.split(separator: " ").compactMap { UInt64($0, radix: 16) })
    }
  }

  /// One event of a run.
  func event(
    _ number: UInt64, of scenario: Int, _ seed: UInt64
  ) throws(CommandFailure) -> EventFields {
    guard case .answered(let line) = try ask("event \(scenario) \(seed) \(number)") else {
      return .none
    }
    return EventFields(line: line) ?? .none
  }

  /// The report of a run as JSON.
  func report(of scenario: Int, _ seed: UInt64) throws(CommandFailure) -> Answer<String> {
    try ask("run \(scenario) \(seed)")
  }

  /// The report of a run with a planted bug, as JSON.
  func canary(
    _ defect: String, of scenario: Int, _ seed: UInt64
  ) throws(CommandFailure) -> Answer<String> {
    try ask("canary \(scenario) \(seed) \(defect)")
  }

  /// Which troubles of a failing run made the difference since an instant; nil if a run trapped.
  func ablation(
    of scenario: Int, _ seed: UInt64, since: Instant
  ) throws(CommandFailure) -> AblationReport? {
    let question = "ablate \(scenario) \(seed) \(since.nanosecondsSinceStart)"
    guard case .answered(let line) = try ask(question) else { return nil }
    return StableJSON.read(line, as: AblationReport.self)
  }

  private func ask(_ question: String) throws(CommandFailure) -> Answer<String> {
    // An empty line cannot be an answer, so it marks the end of one that came in pieces.
    _ = child.send(question + " .")
    var text = ""
    let deadline = Date(timeIntervalSinceNow: Self.patience)
    while Date() < deadline {
      for event in pool.wait(milliseconds: 1_000) {
        switch event {
        case .line(_, ""): return .answered(text)
        case .line(_, let piece): text += piece
        case .errorLine: break
        case .ended(_, .signal(let signal)): return .died(signal)
        case .ended(_, .code(let code)):
          throw CommandFailure("orrery: a worker ended with code \(code)\n", .internalError)
        }
      }
      if let interrupted = Interrupt.exitCode { throw CommandFailure("", interrupted) }
    }
    throw CommandFailure(
      "orrery: a worker does not answer; is it another version of orrery?\n", .internalError)
  }
}
