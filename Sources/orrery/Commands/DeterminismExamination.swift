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

  /// The surroundings that are tried; a program given with `--with` and the sibling build join in.
  var surroundings: [Surroundings] {
    var list = [
      Surroundings(name: "another process, backwards through the seeds"),
      Surroundings(name: "a fixed hash seed", fixesHashSeed: true),
      Surroundings(name: "perturbed allocation", ballast: 10_007),
    ]
    let own = ProcessInfo.processInfo.arguments[0]
    let sibling =
      own.contains("/release/")
      ? own.replacing("/release/", with: "/debug/") : own.replacing("/debug/", with: "/release/")
    if let program = context.arguments.string("with") {
      list.append(Surroundings(name: program, program: program))
    } else if sibling != own, FileManager.default.isExecutableFile(atPath: sibling) {
      list.append(Surroundings(name: "the other build, \(sibling)", program: sibling))
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
          guard
            let report = StableJSON.read(
              try worker.ask("run \(number) \(seed)"), as: RunReport.self)
          else { throw CommandFailure("orrery: a worker gave no report\n", .internalError) }
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
    let others = try worker.ask("digests \(number) \(seed)").split(separator: " ")
      .compactMap { UInt64($0, radix: 16) }
    let position =
      Determinism.firstDivergence(digests, others) ?? min(digests.count, others.count)
    let events = file.experiment.run(seed: seed, recording: .events).recorder.events
    let there = EventFields(line: try worker.ask("event \(number) \(seed) \(position + 1)"))
    return Mismatch(
      scenario: file.scenario.name, seed: seed, surroundings: name, event: UInt64(position) + 1,
      here: events.indices.contains(position) ? EventFields(events[position]) : .none,
      there: there ?? .none)
  }
}

/// A worker that lives in other surroundings and answers one question at a time.
final class Companion {
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

  /// The answer to one question.
  func ask(_ question: String) throws(CommandFailure) -> String {
    _ = child.send(question)
    while answers.isEmpty {
      for event in pool.wait(milliseconds: 1_000) {
        switch event {
        case .line(_, let line): answers.append(line)
        case .errorLine: break
        case .ended(_, let exit):
          throw CommandFailure("orrery: a worker ended (\(exit)) without an answer\n", .violation)
        }
      }
    }
    return answers.removeFirst()
  }
}
