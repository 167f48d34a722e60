import Scenarios
import Exploration
import Foundation
import Reporting
import Simulation
import Terminal

/// `orrery doctor`: whether this machine is fit, and the simulator deterministic on it.
struct DoctorCommand {
  /// One thing that was looked at.
  private struct Examination: Encodable {
    let status: String
    let text: String
  }

  let context: CommandContext

  func run() throws(CommandFailure) -> ExitCode {
    var examinations = [build, cores]
    let paths = ScenarioFile.all()
    examinations.append(
      paths.isEmpty
        ? Examination(status: "warn", text: "no scenarios below \(ScenarioFile.folder)/ here")
        : Examination(status: "ok", text: "\(paths.count) scenarios below \(ScenarioFile.folder)/"))
    if let path = paths.first(where: { $0.hasSuffix("swarm.json5") }) ?? paths.first {
      examinations.append(try determinism(ScenarioFile(path)))
    }
    show(examinations)
    return examinations.contains { $0.status == "FAIL" } ? .nondeterminism : .clean
  }

  private var build: Examination {
    let isDebug = BuildFacts.configuration == "debug"
    let facts =
      "orrery \(Orrery.version), Swift \(BuildFacts.swift), \(BuildFacts.target), \(BuildFacts.configuration) build"
    return isDebug
      ? Examination(status: "warn", text: "\(facts): about 20 times slower than release")
      : Examination(status: "ok", text: facts)
  }

  private var cores: Examination {
    let machine = ProcessInfo.processInfo
    return Examination(
      status: "ok",
      text: "\(machine.activeProcessorCount) cores, "
        + "\(machine.physicalMemory >> 30) GiB of memory")
  }

  /// The same seeds here, in a process with another hash seed, and in one with a fixed hash seed.
  private func determinism(_ file: ScenarioFile) throws(CommandFailure) -> Examination {
    let seeds: ClosedRange<UInt64> = 1...3
    for seed in seeds {
      let own = file.experiment.run(seed: seed, recording: .digests).recorder.digests
      for hashing in [nil, "1"] {
        if let hashing { setenv("SWIFT_DETERMINISTIC_HASHING", hashing, 1) }
        let answer = try WorkerConversation.ask("digests 0 \(seed)", file)
        if hashing != nil { unsetenv("SWIFT_DETERMINISTIC_HASHING") }
        let others = answer.text.split(separator: " ").compactMap { UInt64($0, radix: 16) }
        guard Array(own) == others else {
          return Examination(
            status: "FAIL",
            text: "determinism: \(file.scenario.name)@\(RunReport.seedText(seed)) differs in "
              + "another process; orrery replay shows where")
        }
      }
    }
    return Examination(
      status: "ok",
      text: "determinism: \(file.scenario.name) x\(seeds.count), 3 processes, hash seeding on and "
        + "off: identical")
  }

  private func show(_ examinations: [Examination]) {
    if context.options.wantsJSON {
      return context.print(StableJSON.line(["examinations": examinations]))
    }
    if context.options.wantsPlain {
      for examination in examinations {
        context.print("\(examination.status)\t\(examination.text)")
      }
      return
    }
    for examination in examinations {
      let style: Style =
        switch examination.status {
        case "ok": .ok
        case "warn": .caution
        default: .failure
        }
      let status = context.palette.apply(style, to: TextLayout.padded(examination.status, to: 6))
      context.print(status + examination.text)
    }
  }
}
