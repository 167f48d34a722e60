import Scenarios
import Determinism
import Exploration
import Foundation
import Reporting
import Terminal

/// `orrery fuzz`: many seeds, distinct findings.
struct FuzzCommand {
  private let context: CommandContext
  private let began = Date()

  init(context: CommandContext) {
    self.context = context
  }

  func run() throws(CommandFailure) -> ExitCode {
    Interrupt.install()
    try refuseContradictions()
    let files = try openFiles()
    let seeds = chooseSeeds()
    let jobs =
      context.arguments[.jobs] ?? ProcessInfo.processInfo.activeProcessorCount
    let header = CampaignHeader(
      scenarios: files.map(\.scenario.name), seeds: words(seeds), jobs: jobs)
    let results = try context.arguments[.results].map { path throws(CommandFailure) in
      try ResultsFile(path, begin: header)
    }
    announce(header)
    if context.arguments.has(.canary), try isBlind(files, seeds) { return .inconclusive }
    var sample = DeterminismSample(every: verifyEvery)
    let result = try runCampaign(files, seeds, jobs, into: results, sampling: &sample)
    try write(result, files, jobs: jobs)
    let mismatch = try differs(sample, files)
    return .worst([code(of: result)] + (mismatch.map { [tell($0, files)] } ?? []))
  }

  private func refuseContradictions() throws(CommandFailure) {
    guard context.arguments[.seeds] != nil else { return }
    for (name, isGiven) in [
      ("seed", context.arguments[.seed] != nil), ("runs", context.arguments[.runs] != nil),
    ] where isGiven {
      throw CommandFailure(
        "\(Program.name) fuzz: --\(name) and --seeds exclude each other\n", .usage)
    }
  }

  private func runCampaign(
    _ files: [ScenarioFile], _ seeds: CampaignSeeds, _ jobs: Int, into results: ResultsFile?,
    sampling sample: inout DeterminismSample
  ) throws(CommandFailure) -> CampaignResult {
    var result = CampaignResult(
      goals: unique(files.flatMap(\.experiment.goals)), of: files.map(\.experiment))
    var progress = CampaignProgress(context, began: began, deadline: deadline, runs: runLimit)
    var campaign = try Campaign(
      of: files.map(\.scenario.name), seeds: seeds, runLimit: runLimit ?? .max, workers: jobs,
      in: ProcessWorkers(files, interruption: .ignored, patience: context.arguments[.runTimeout]))
    let maxFailures = context.arguments[.maxFailures] ?? .max
    try campaign.run(
      isEnough: {
        progress.show(result)
        return isOver || result.groups.count >= maxFailures
      },
      receive: { outcome, run in
        sample.add(outcome, run)
        guard let group = result.add(outcome, ordinal: run.ordinal) else { return }
        progress.announce(group, replay: replay(files, group))
        results?.append(CampaignReport.FindingRecord(group, replay: replay(files, group)))
      })
    progress.clear()
    return result
  }

  /// Writes what came of the campaign; people read the summary first, machines last.
  private func write(
    _ result: CampaignResult, _ files: [ScenarioFile], jobs: Int
  ) throws(CommandFailure) {
    let text = CampaignText(result, context, began: began, jobs: jobs) { replay(files, $0) }
    let stories = CampaignStories(result, context, files)
    if context.options.wantsJSON { try stories.tell() }
    text.write()
    if !context.options.wantsJSON { try stories.tell() }
    text.writeNextStep()
  }

  private func openFiles() throws(CommandFailure) -> [ScenarioFile] {
    let stopsEarly = context.arguments.has(.earlyStop)
    var files: [ScenarioFile] = []
    for word in context.arguments.words {
      files.append(
        try context.product.scenario(
          stopsEarly ? ScenarioFile.stoppingEarly(word) : word))
    }
    return files
  }

  /// Whether the campaign misses the bugs planted in its own scenarios; tells what came of it.
  private func isBlind(
    _ files: [ScenarioFile], _ seeds: CampaignSeeds
  ) throws(CommandFailure) -> Bool {
    let canary = Canary(files.map(\.underTest), seeds: seeds)
    var missed = 0
    try canary.run(
      isEnough: { Interrupt.isRequested },
      makeWorker: { () throws(CommandFailure) in try SoleWorker(in: ProcessWorkers(files)) },
      receive: { result in
        missed += result.property == nil ? 1 : 0
        tell(result)
      })
    return missed > 0
  }

  private func tell(_ result: Canary.Result) {
    if context.options.wantsJSON { context.print(StableJSON.line(CanaryRecord(result))) }
    let runs = "\(TextLayout.counted(result.runs, noun: "run")) of \(result.scenario)"
    guard let property = result.property else {
      return StandardError.write(
        "canary: \(result.defect) was not found in \(runs): a campaign that misses known bugs "
          + "proves little\n")
    }
    guard !context.options.isQuiet else { return }
    StandardError.write("canary: \(result.defect) was found after \(runs) (\(property))\n")
  }

  private func code(of result: CampaignResult) -> ExitCode {
    var codes: [ExitCode] = []
    if let interrupted = Interrupt.exitCode { codes.append(interrupted) }
    if !result.groups.isEmpty { codes.append(.violation) }
    if codes.isEmpty, result.isInconclusive { codes.append(.inconclusive) }
    return .worst(codes)
  }

  /// Without a limit a campaign has a thousand runs.
  private var runLimit: UInt64? {
    if let runs = context.arguments[.runs] { return UInt64(runs) }
    let isLimited =
      context.arguments[.budget] != nil || context.arguments[.seeds] != nil
    return isLimited ? nil : 1_000
  }

  private var deadline: Date? {
    context.arguments[.budget].map {
      began.addingTimeInterval(TimeInterval($0.count) / 1e9)
    }
  }

  private var isOver: Bool {
    Interrupt.isRequested || deadline.map { Date() >= $0 } ?? false
  }

  /// The only place where a campaign draws on anything but its inputs, and it says what it drew.
  private func chooseSeeds() -> CampaignSeeds {
    if let range = context.arguments[.seeds] { return .range(range) }
    return .drawn(from: context.arguments[.seed] ?? UInt64.random(in: 0 ... .max))
  }

  /// How many runs there are for one that is run again elsewhere; zero for none.
  private var verifyEvery: Int {
    if let every = context.arguments[.verifyEvery] { return every }
    // Where nobody looks on, a campaign should notice by itself that its seeds mean nothing.
    return ProcessInfo.processInfo.environment["CI"] == nil ? 0 : 100
  }

  /// Runs the sample again in another process; the first run that differs.
  private func differs(
    _ sample: DeterminismSample, _ files: [ScenarioFile]
  ) throws(CommandFailure) -> CampaignRun? {
    guard !sample.runs.isEmpty else { return nil }
    var worker = try SoleWorker(in: ProcessWorkers(files))
    return try sample.firstMismatch(with: &worker, isEnough: { Interrupt.isRequested })
  }

  private func tell(_ run: CampaignRun, _ files: [ScenarioFile]) -> ExitCode {
    let file = files[run.scenario]
    let replay = CommandText.replay(file.reference, run.seed)
    if context.options.wantsJSON {
      context.print(
        StableJSON.line(
          MismatchRecord(scenario: file.scenario.name, seed: RunReport.seedText(run.seed))))
    }
    StandardError.write(
      "NONDETERMINISM  \(file.scenario.name) differed when it was run again in another process\n"
        + "  look:  \(replay)\n")
    return .nondeterminism
  }

  private func announce(_ header: CampaignHeader) {
    if context.options.wantsJSON { context.print(StableJSON.line(header)) }
    guard !context.options.isQuiet else { return }
    let names = header.scenarios.joined(separator: " ")
    StandardError.write(
      "\(Program.name) fuzz \(names): \(header.seeds), "
        + "\(TextLayout.counted(header.jobs, noun: "job"))\n")
  }

  private func words(_ seeds: CampaignSeeds) -> String {
    switch seeds {
    case .drawn(let base): "--seed \(RunReport.seedText(base))"
    case .range(let range):
      "--seeds \(RunReport.seedText(range.lowerBound))..\(RunReport.seedText(range.upperBound))"
    }
  }

  private func replay(_ files: [ScenarioFile], _ group: CampaignResult.Group) -> String {
    let file = files.first { $0.scenario.name == group.scenario }
    return CommandText.replay(file?.reference ?? group.scenario, group.example.seed)
  }

  private func unique(_ names: [String]) -> [String] {
    names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}

/// The first record of a campaign's machine output.
struct CampaignHeader: Encodable {
  let schema = "orrery/1"
  let kind = "header"
  let scenarios: [String]
  let seeds: String
  let jobs: Int
}

/// What came of planting bugs in one scenario, for machines.
struct CanaryRecord: Encodable {
  let kind = "canary"
  let scenario: String
  let defect: String
  let property: String?
  let runs: UInt64

  init(_ result: Canary.Result) {
    scenario = result.scenario
    defect = result.defect
    property = result.property
    runs = result.runs
  }
}

/// A run of a campaign that was another one in another process, for machines.
struct MismatchRecord: Encodable {
  let kind = "nondeterminism"
  let scenario: String
  let seed: String
}
