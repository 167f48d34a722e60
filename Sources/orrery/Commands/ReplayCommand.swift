import Scenarios
import Determinism
import Exploration
import Foundation
import Reporting
import Simulation
import Terminal
import Traces

/// `orrery replay`: one seed again, compared with another process and with what was recorded.
struct ReplayCommand {
  /// The folder of golden runs.
  static let folder = "traces"

  let context: CommandContext

  func run() throws(CommandFailure) -> ExitCode {
    guard let reference = context.arguments.runReferences.first else { return .usage }
    let file = try ScenarioFile(reference.scenario)
    let seed = reference.seed
    let golden = try Self.golden(of: file.scenario.name, seed: seed)
    let wantsLog = context.arguments.flag("log")
    let record = file.experiment.run(seed: seed, recording: wantsLog ? .events : .digests)
    if wantsLog { EventLog(context).write(record) }
    let report = RunReport(record.outcome)
    let digests = record.recorder.digests
    if let divergence = try compareWithChild(file, seed, digests) {
      return tell(divergence, file, seed, "another process")
    }
    if context.arguments.flag("record") { return try write(file, seed, digests) }
    if let number = golden?.firstDivergence(from: digests) {
      return tell(Divergence(event: number, other: nil), file, seed, goldenName(file, seed))
    }
    if let expected = context.arguments.seed("expect-digest"),
      expected != record.outcome.digest.value
    {
      let text =
        "NONDETERMINISM  digest \(record.outcome.digest), expected \(Digest(resuming: expected))"
      context.print(context.palette.apply(.failure, to: text))
      return .nondeterminism
    }
    show(report, file, hasGolden: golden != nil)
    return RunCommand.code(of: report)
  }

  /// Where two runs part.
  private struct Divergence {
    let event: UInt64
    /// The event of the other run, if it can be had.
    let other: EventFields?
  }

  /// Reads the golden run of a scenario and seed, if there is one.
  static func golden(of scenario: String, seed: UInt64) throws(CommandFailure) -> GoldenTrace? {
    let path = "\(folder)/\(GoldenTrace.fileName(scenario: scenario, seed: seed))"
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    do throws(TraceError) {
      return try GoldenTrace(String(decoding: data, as: UTF8.self), file: path)
    } catch {
      throw CommandFailure(badInput: error.render())
    }
  }

  /// Hash seeds and addresses differ from process to process, so a leak shows in another one.
  private func compareWithChild(
    _ file: ScenarioFile, _ seed: UInt64, _ digests: ChunkedLog<UInt64>
  ) throws(CommandFailure) -> Divergence? {
    let companion = try Companion(.init(name: "another process"), [file])
    let others = try companion.ask("digests 0 \(seed)").split(separator: " ")
      .compactMap { UInt64($0, radix: 16) }
    let shared = min(others.count, digests.count)
    let position =
      Determinism.firstDivergence(digests, others)
      ?? (others.count == digests.count ? nil : shared)
    guard let position else { return nil }
    let other = EventFields(line: try companion.ask("event 0 \(seed) \(position + 1)"))
    return Divergence(event: UInt64(position) + 1, other: other)
  }

  private func tell(
    _ divergence: Divergence, _ file: ScenarioFile, _ seed: UInt64, _ partner: String
  ) -> ExitCode {
    let events = file.experiment.run(seed: seed, recording: .events).recorder.events
    let position = Int(divergence.event) - 1
    let own = events.indices.contains(position) ? EventFields(events[position]) : .none
    let fields = divergence.other.map(own.differences(from:)) ?? []
    if context.options.wantsJSON {
      context.print(
        StableJSON.line(
          DivergenceRecord(
            scenario: file.scenario.name, seed: RunReport.seedText(seed),
            first_divergent_event: divergence.event, differing_fields: fields, here: own.text,
            there: divergence.other?.text)))
      return .nondeterminism
    }
    let head = "NONDETERMINISM  runs agree for \(divergence.event - 1) events, then differ"
    context.print(context.palette.apply(.failure, to: head))
    context.print("  here   \(own.text)")
    if let other = divergence.other { context.print("  there  \(other.text)") }
    context.print("  other run: \(partner)")
    if !fields.isEmpty { context.print("  differs in \(fields.joined(separator: ", "))") }
    context.hint(
      """
        usual causes: a Dictionary or Set iterated in a handler, a clock or generator from outside
        the simulator; or the code has changed since the run was recorded, which
          orrery replay \(file.reference)@\(RunReport.seedText(seed)) --record
        accepts.
      """)
    return .nondeterminism
  }

  private func show(_ report: RunReport, _ file: ScenarioFile, hasGolden: Bool) {
    if context.options.wantsJSON { return context.print(StableJSON.line(report)) }
    let partner = hasGolden ? "another process and the golden run agree" : "another process agrees"
    context.print(
      "\(TextLayout.grouped(report.events)) events, digest \(report.digest): \(partner)")
    guard let finding = report.finding else {
      return context.print(context.palette.apply(.ok, to: report.verdict))
    }
    let head = "FAIL  reproduced: \(finding.property)  (\(finding.signature))"
    context.print(context.palette.apply(.failure, to: head))
    for part in TextLayout.wrap("\(finding.kind): \(finding.detail)", width: 74) {
      context.print("      " + part)
    }
  }

  private func goldenName(_ file: ScenarioFile, _ seed: UInt64) -> String {
    "\(Self.folder)/\(GoldenTrace.fileName(scenario: file.scenario.name, seed: seed))"
  }

  private func write(
    _ file: ScenarioFile, _ seed: UInt64, _ digests: ChunkedLog<UInt64>
  ) throws(CommandFailure) -> ExitCode {
    let trace = GoldenTrace(scenario: file.scenario.name, seed: seed, digests: digests)
    let path = goldenName(file, seed)
    do {
      try Data(trace.text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw CommandFailure("orrery: cannot write \(path): \(error)\n", .outputFailure)
    }
    context.print("wrote \(path) (\(digests.count) events)")
    return .clean
  }
}

/// The machine form of a divergence.
struct DivergenceRecord: Encodable {
  let kind = "nondeterminism"
  let scenario: String
  let seed: String
  let first_divergent_event: UInt64
  let differing_fields: [String]
  let here: String
  let there: String?
}
