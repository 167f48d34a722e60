import Text
import CheckerAudit
import Exploration
import Foundation
import Reporting
import Scenarios
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
    if let what = context.arguments.words.first {
      let subjects = context.arguments.words.dropFirst()
      switch what {
      case "determinism": return try examineDeterminism(subjects)
      case "checkers": return try examine(Audits.all, about: subjects)
      case "readers": return try examine(Audits.readers, about: subjects)
      default:
        let hint = Suggestion.hint(for: what, among: ["determinism", "checkers", "readers"])
        throw CommandFailure(
          "\(Program.name) doctor: cannot examine \"\(what)\"\n"
            + "  \(hint ?? "one of determinism, checkers, readers")\n", .usage)
      }
    }
    var examinations = [build, cores]
    let paths = context.product.allScenarios()
    examinations.append(
      paths.isEmpty
        ? Examination(status: "warn", text: "no scenarios below \(context.product.folder)/ here")
        : Examination(
          status: "ok", text: "\(paths.count) scenarios below \(context.product.folder)/"))
    if let path = paths.first(where: { $0.hasSuffix("swarm.json5") }) ?? paths.first {
      examinations.append(try quickLook(context.product.scenario(path)))
    }
    show(examinations)
    return examinations.contains { $0.status == "FAIL" } ? .nondeterminism : .clean
  }

  private func examineDeterminism(
    _ references: ArraySlice<String>
  ) throws(CommandFailure) -> ExitCode {
    Interrupt.install()
    var files: [ScenarioFile] = []
    for reference in references.isEmpty ? context.product.allScenarios()[...] : references {
      files.append(try context.product.scenario(reference))
    }
    let runs = UInt64(context.arguments[.runs] ?? 20)
    let examination = DeterminismExamination(context, files, runs: runs)
    switch try examination.run() {
    case .identical(let comparisons):
      show([
        Examination(
          status: "ok",
          text: "\(files.count) scenarios x \(runs) seeds: "
            + "\(TextLayout.grouped(comparisons)) comparisons, all identical")
      ])
      for surroundings in examination.surroundings {
        context.hint("      with \(surroundings.name)")
      }
      return Interrupt.exitCode ?? .clean
    case .mismatch(let mismatch, let surroundings):
      tell(mismatch, of: files[mismatch.scenario], with: surroundings)
      return .nondeterminism
    }
  }

  /// Compares checkers with their definitions, or lets readers read damaged files.
  private func examine(
    _ all: [Audit], about names: ArraySlice<String>
  ) throws(CommandFailure) -> ExitCode {
    Interrupt.install()
    let audits = all.filter { audit in
      names.isEmpty || names.contains { audit.name.localizedStandardContains($0) }
    }
    guard !audits.isEmpty else {
      throw CommandFailure(
        "\(Program.name) doctor: no audit is about \"\(names.joined(separator: " "))\"\n"
          + "  without a name all are run, and named\n", .usage)
    }
    let runs = UInt64(context.arguments[.runs] ?? 1_000)
    let results = AuditExamination(context, audits, runs: runs).run()
    show(
      results.map { result in
        Examination(
          status: result.mismatches == 0 ? "ok" : "FAIL",
          text: "\(result.name): \(TextLayout.grouped(result.histories)) histories, "
            + "\(result.valid * 100 / result.histories) % valid, "
            + "\(TextLayout.grouped(result.mismatches)) different"
            + (result.first_mismatch.map { "; \($0)" } ?? ""))
      })
    if results.contains(where: { $0.mismatches > 0 }) { return .internalError }
    return Interrupt.exitCode ?? .clean
  }

  private func tell(
    _ mismatch: DeterminismComparison.Mismatch, of file: ScenarioFile, with surroundings: String
  ) {
    let fields = mismatch.here.differences(from: mismatch.there)
    let run = RunReference(scenario: file.scenario.name, seed: mismatch.seed)
    if context.options.wantsJSON {
      return context.print(
        StableJSON.line(
          DivergenceRecord(
            scenario: run.scenario, seed: RunReport.seedText(mismatch.seed),
            first_divergent_event: mismatch.event, differing_fields: fields,
            here: mismatch.here.text, there: mismatch.there.text)))
    }
    context.print(context.palette.apply(.failure, to: "FAIL  \(run) differs"))
    context.print("  with           \(surroundings)")
    context.print("  first at event \(mismatch.event), in \(fields.joined(separator: ", "))")
    context.print("  here           \(mismatch.here.text)")
    context.print("  there          \(mismatch.there.text)")
  }

  private var build: Examination {
    let isDebug = BuildFacts.configuration == "debug"
    let facts =
      "\(Program.name) \(OrreryMain.version), Swift \(BuildFacts.swift), "
      + "\(BuildFacts.target), \(BuildFacts.configuration) build"
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

  /// A few seeds of one scenario in all surroundings.
  private func quickLook(_ file: ScenarioFile) throws(CommandFailure) -> Examination {
    let examination = DeterminismExamination(context, [file], runs: 3)
    switch try examination.run() {
    case .mismatch(let mismatch, let surroundings):
      let run = RunReference(scenario: file.scenario.name, seed: mismatch.seed)
      return Examination(
        status: "FAIL",
        text: "determinism: \(run) differs with \(surroundings); "
          + "\(Program.name) doctor determinism shows where")
    case .identical:
      return Examination(
        status: "ok",
        text: "determinism: \(file.scenario.name) x3 in \(examination.surroundings.count) "
          + "surroundings: identical")
    }
  }

  private func show(_ examinations: [Examination]) {
    if context.options.wantsJSON {
      return context.print(StableJSON.line(["examinations": examinations]))
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
