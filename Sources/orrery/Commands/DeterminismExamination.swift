import Scenarios
import Determinism
import Exploration
import Foundation
import Reporting
import Simulation
import Terminal

/// Runs the same seeds in surroundings that must not matter, and finds the first that does.
struct DeterminismExamination {
  /// Surroundings that must not change a run.
  struct Surroundings {
    let name: String
    /// The program to run; this very one if nil.
    var program: String?
    /// Whether the process hashes with a fixed seed instead of one of its own.
    var fixesHashSeed = false
    /// How many odd blocks of memory the process holds, so that addresses differ.
    var ballast = 0
  }

  /// Two runs that should have been one.
  struct Mismatch {
    let scenario: String
    let seed: UInt64
    let surroundings: String
    let event: UInt64
    let here: EventFields
    let there: EventFields
  }

  private let context: CommandContext
  private let files: [ScenarioFile]
  private let runs: UInt64

  init(_ context: CommandContext, _ files: [ScenarioFile], runs: UInt64) {
    self.context = context
    self.files = files
    self.runs = runs
  }

  /// The surroundings that are tried; a program given with `--with` joins in.
  ///
  /// Another build that happens to lie near is not asked: it may well be of older sources.
  var surroundings: [Surroundings] {
    var list = [
      Surroundings(name: "another process, backwards through the seeds"),
      Surroundings(name: "a fixed hash seed", fixesHashSeed: true),
      Surroundings(name: "perturbed allocation", ballast: 10_007),
    ]
    if let program = context.arguments.string("with") {
      list.append(Surroundings(name: program, program: program))
    }
    return list
  }

  /// Compares all runs; returns the first mismatch, if there is one, and the number of comparisons.
  func run() throws(CommandFailure) -> (mismatch: Mismatch?, comparisons: UInt64) {
    var comparisons: UInt64 = 0
    for (number, file) in files.enumerated() {
      let digests = (1...runs).map { file.experiment.run(seed: $0).outcome.digest.description }
      for surroundings in surroundings {
        let worker = try Companion(surroundings, files)
        // Backwards, so that whatever a process keeps from earlier runs differs as well.
        for seed in (1...runs).reversed() {
          guard case .answered(let line) = try worker.report(of: number, seed),
            let report = StableJSON.read(line, as: RunReport.self)
          else {
            let run = "\(file.scenario.name)@\(RunReport.seedText(seed))"
            throw CommandFailure("orrery: a worker died in \(run)\n", .violation)
          }
          comparisons += 1
          guard report.digest == digests[Int(seed) - 1] else {
            return (try locate(file, number, seed, surroundings.name, worker), comparisons)
          }
          if Interrupt.isRequested { return (nil, comparisons) }
        }
      }
    }
    return (nil, comparisons)
  }

  private func locate(
    _ file: ScenarioFile, _ number: Int, _ seed: UInt64, _ name: String, _ worker: Companion
  ) throws(CommandFailure) -> Mismatch {
    let digests = file.experiment.run(seed: seed, recording: .digests).recorder.digests
    guard case .answered(let others) = try worker.digests(of: number, seed) else {
      throw CommandFailure("orrery: a worker died where it lived before\n", .violation)
    }
    let position = Self.firstDivergence(digests, others) ?? 1
    let events = file.experiment.run(seed: seed, recording: .events).recorder.events
    let own = Int(position) - 1
    return Mismatch(
      scenario: file.scenario.name, seed: seed, surroundings: name, event: position,
      here: events.indices.contains(own) ? EventFields(events[own]) : .none,
      there: try worker.event(position, of: number, seed))
  }

  /// The number of the first event at which two runs differ, or nil if they are equal.
  static func firstDivergence(_ digests: ChunkedLog<UInt64>, _ others: [UInt64]) -> UInt64? {
    if let position = Determinism.firstDivergence(digests, others) { return UInt64(position) + 1 }
    return others.count == digests.count ? nil : UInt64(min(others.count, digests.count)) + 1
  }
}
