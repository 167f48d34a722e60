import Exploration
import Scenarios

/// Compares runs with those of workers in surroundings that must not matter.
struct DeterminismExamination {
  /// What came of all comparisons.
  enum Result {
    case identical(comparisons: UInt64)
    case mismatch(DeterminismComparison.Mismatch, surroundings: String)
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
  var surroundings: [ProcessWorkers.Surroundings] {
    var list = [
      ProcessWorkers.Surroundings(name: "another process, backwards through the seeds"),
      ProcessWorkers.Surroundings(name: "a fixed hash seed", fixesHashSeed: true),
      ProcessWorkers.Surroundings(name: "perturbed allocation", ballast: 10_007),
    ]
    if let program = context.arguments[.with] {
      list.append(ProcessWorkers.Surroundings(name: program, program: program))
    }
    return list
  }

  /// Compares all runs in all surroundings, until two differ or somebody asks to stop.
  func run() throws(CommandFailure) -> Result {
    let comparison = DeterminismComparison(files.map(\.experiment), runs: runs)
    var comparisons: UInt64 = 0
    for surroundings in surroundings {
      var worker = try SoleWorker(in: ProcessWorkers(files, in: surroundings))
      for number in files.indices {
        let result = try comparison.compare(
          number, with: &worker, isEnough: { Interrupt.isRequested })
        switch result {
        case .identical(let count): comparisons += count
        case .mismatch(let mismatch): return .mismatch(mismatch, surroundings: surroundings.name)
        case .died(let number, let seed, let signal):
          let run = RunReference(scenario: files[number].scenario.name, seed: seed)
          throw CommandFailure(
            "\(Program.name): a worker died of signal \(signal) in \(run)\n", .violation)
        }
      }
    }
    return .identical(comparisons: comparisons)
  }
}
