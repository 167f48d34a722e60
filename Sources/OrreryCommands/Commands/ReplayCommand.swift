import Determinism
import Exploration
import Reporting
import Scenarios
import Simulation
import Terminal
import Traces

/// `orrery replay`: one seed again, compared with another process and with what was recorded.
struct ReplayCommand {
  let context: CommandContext

  func run() throws(CommandFailure) -> ExitCode {
    guard let reference = context.arguments.runReferences.first else { return .usage }
    let wantsLog = try context.wantsLog()
    let file = try context.product.scenario(reference.scenario)
    let seed = reference.seed
    let golden = GoldenFile(scenario: file.scenario.name, seed: seed)
    let recorded = try golden.read()
    // A trap cannot be caught, so the other process goes first.
    var worker = try SoleWorker(in: ProcessWorkers([file]))
    let others: [UInt64]
    switch try worker.digests(of: 0, seed: seed) {
    case .answered(let digests): others = digests
    case .died(let signal):
      let outcome = Outcome(trapIn: file.scenario.name, seed: seed, signal: signal)
      return show(outcome, story: nil, partner: nil)
    }
    let record = file.experiment.run(seed: seed, recording: wantsLog ? .events : .digests)
    if wantsLog { EventLog(context).write(record) }
    let digests = record.recorder.digests
    if let position = DeterminismComparison.firstDivergence(digests, others) {
      let other = try worker.event(position, of: 0, seed: seed).answer
      return tell(Divergence(event: position, other: other), file, seed)
    }
    if context.arguments.has(.record) {
      try golden.write(digests)
      context.print("wrote \(golden.path) (\(TextLayout.counted(digests.count, noun: "event")))")
      return .clean
    }
    // Whoever names a digest wants this very run, whatever the reason for another one.
    if let expected = context.arguments[.expectDigest],
      expected != record.outcome.digest.value
    {
      return tell(record.outcome, expected: Digest(resuming: expected))
    }
    if let position = recorded?.firstDivergence(from: digests) {
      return tell(Divergence(event: position, golden: golden.path), file, seed)
    }
    return try show(record.outcome, file, hasGolden: recorded != nil)
  }

  /// Where two runs part.
  private struct Divergence {
    let event: UInt64
    /// The event of the other run, if it can be had.
    var other: EventFields?
    /// The file that keeps the other run, if it is not of another process.
    var golden: String?
  }

  /// Says where two runs part.
  ///
  /// Two processes of this build that differ are nondeterminism. Where they agree, and only what was
  /// recorded earlier differs, the code or the scenario has changed.
  private func tell(_ divergence: Divergence, _ file: ScenarioFile, _ seed: UInt64) -> ExitCode {
    let hasChanged = divergence.golden != nil
    let code: ExitCode = hasChanged ? .violation : .nondeterminism
    let own = file.experiment.event(divergence.event, ofSeed: seed)
    let fields = divergence.other.map(own.differences(from:)) ?? []
    if context.options.wantsJSON {
      context.print(
        StableJSON.line(
          DivergenceRecord(
            kind: hasChanged ? "changed" : "nondeterminism", scenario: file.scenario.name,
            seed: RunReport.seedText(seed),
            first_divergent_event: divergence.event, differing_fields: fields, here: own.text,
            there: divergence.other?.text)))
      return code
    }
    let agreed = TextLayout.counted(divergence.event - 1, noun: "event")
    let head = "\(hasChanged ? "CHANGED" : "NONDETERMINISM")  runs agree for \(agreed), then differ"
    context.print(context.palette.apply(.failure, to: head))
    context.print("  here              \(own.text)")
    if let golden = divergence.golden {
      context.print("  recorded          another event (\(golden))")
    } else {
      context.print("  another process   \(divergence.other?.text ?? "")")
      context.print("  differs in        \(fields.joined(separator: ", "))")
    }
    context.hint(
      hasChanged
        ? """
          two processes of this build agree, so the code or the scenario has changed since the run
          was recorded; \(Program.name) replay \(file.reference)@\(RunReport.seedText(seed)) --record
          accepts that.
        """
        : """
          usual causes: a Dictionary or Set iterated in a handler, a clock or generator from outside
          the simulator.
        """)
    return code
  }

  private func tell(_ outcome: Outcome, expected: Digest) -> ExitCode {
    if context.options.wantsJSON {
      context.print(
        StableJSON.line(
          DigestRecord(
            scenario: outcome.scenario, seed: RunReport.seedText(outcome.seed),
            digest: outcome.digest.description, expected: expected.description)))
    } else {
      let text = "ANOTHER RUN  digest \(outcome.digest), expected \(expected)"
      context.print(context.palette.apply(.failure, to: text))
      context.hint(
        "  two processes of this build agree: another build, or a change of code or scenario")
    }
    return .nondeterminism
  }

  private func show(
    _ outcome: Outcome, _ file: ScenarioFile, hasGolden: Bool
  ) throws(CommandFailure) -> ExitCode {
    let partner = hasGolden ? "another process and the golden run agree" : "another process agrees"
    let story = try StoryTelling(context).story(of: outcome, in: file)
    let code = show(outcome, story: story, partner: partner)
    if story != nil, !context.arguments.has(.log) {
      context.hint("\n  events   \(CommandText.replay(file.reference, outcome.seed)) --log")
    }
    return code
  }

  /// Shows what came of the run; `partner` says with what it agrees, if it was compared.
  private func show(_ outcome: Outcome, story: Story?, partner: String?) -> ExitCode {
    let digest = outcome.digest.description
    if context.options.wantsJSON {
      context.print(StableJSON.line(RunReport(outcome, story: story)))
    } else if context.options.wantsPlain {
      context.print(
        [SeedText.format(outcome.seed), digest, outcome.verdict.rawValue].joined(separator: "\t"))
      story.map { StoryTelling(context).show($0, seed: outcome.seed) }
    } else {
      if let partner {
        let events = TextLayout.counted(outcome.events, noun: "event")
        context.print("\(events), digest \(digest): \(partner)")
      }
      showVerdict(of: outcome, story: story)
    }
    return RunCommand.code(of: outcome.verdict)
  }

  private func showVerdict(of outcome: Outcome, story: Story?) {
    guard let finding = outcome.finding else {
      let style: Style = outcome.verdict == .valid ? .ok : .caution
      return context.print(context.palette.apply(style, to: outcome.verdict.rawValue))
    }
    let head = "FAIL  reproduced: \(finding.property)  (\(finding.signature))"
    context.print(context.palette.apply(.failure, to: head))
    for part in TextLayout.wrap("\(finding.kind): \(finding.detail)", width: 74) {
      context.print("      " + part)
    }
    story.map { StoryTelling(context).show($0, seed: outcome.seed) }
  }
}

/// The machine form of a divergence.
struct DivergenceRecord: Encodable {
  var kind = "nondeterminism"
  let scenario: String
  let seed: String
  let first_divergent_event: UInt64
  let differing_fields: [String]
  let here: String
  let there: String?
}

/// The machine form of a run with another digest than expected.
struct DigestRecord: Encodable {
  let kind = "nondeterminism"
  let scenario: String
  let seed: String
  let digest: String
  let expected: String
}
