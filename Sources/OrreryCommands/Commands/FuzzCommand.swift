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
    guard context.arguments[.seed] == nil || context.arguments[.seeds] == nil
    else {
      throw CommandFailure("\(Program.name) fuzz: --seed and --seeds exclude each other\n", .usage)
    }
    let files = try openFiles()
    let seeds = chooseSeeds()
    let jobs =
      context.arguments[.jobs] ?? ProcessInfo.processInfo.activeProcessorCount
    announce(files, seeds, jobs)
    if context.arguments.has(.canary), try isBlind(files, seeds) { return .inconclusive }
    var result = CampaignResult(
      goals: unique(files.flatMap(\.experiment.goals)),
      owedEvidence: unique(files.flatMap(\.experiment.owedEvidence)))
    var progress = CampaignProgress(context, began: began, deadline: deadline, runs: runLimit)
    var campaign = try Campaign(
      of: files.map(\.scenario.name), seeds: seeds, runLimit: runLimit ?? .max, workers: jobs,
      in: ProcessWorkers(files, interruption: .ignored))
    let maxFailures = context.arguments[.maxFailures] ?? .max
    try campaign.run(
      isEnough: {
        progress.show(result)
        return isOver || result.groups.count >= maxFailures
      },
      receive: { outcome, run in
        if let group = result.add(outcome, ordinal: run.ordinal) {
          progress.announce(group, replay: replay(files, group))
        }
      })
    progress.clear()
    try write(result, files, jobs: jobs)
    return code(of: result)
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
    let results = try canary.run(isEnough: { Interrupt.isRequested }) {
      () throws(CommandFailure) in try SoleWorker(in: ProcessWorkers(files))
    }
    for result in results {
      if context.options.wantsJSON { context.print(StableJSON.line(CanaryRecord(result))) }
      let runs = TextLayout.counted(result.runs, noun: "run")
      guard let found = result.defect, let property = result.property else {
        let text =
          "canary: no planted bug was found in \(runs) of \(result.scenario): "
          + "a campaign that misses known bugs proves nothing"
        StandardError.write(text + "\n")
        continue
      }
      guard !context.options.isQuiet else { continue }
      StandardError.write(
        "canary: \(found) was found after \(runs) of \(result.scenario) (\(property))\n")
    }
    return results.contains { $0.defect == nil }
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

  private func announce(_ files: [ScenarioFile], _ seeds: CampaignSeeds, _ jobs: Int) {
    let source =
      switch seeds {
      case .drawn(let base): "--seed \(RunReport.seedText(base))"
      case .range(let range):
        "--seeds \(RunReport.seedText(range.lowerBound))..\(RunReport.seedText(range.upperBound))"
      }
    let names = files.map(\.scenario.name)
    if context.options.wantsJSON {
      context.print(
        StableJSON.line(CampaignHeader(scenarios: names, seeds: source, jobs: jobs)))
    }
    guard !context.options.isQuiet else { return }
    StandardError.write(
      "\(Program.name) fuzz \(names.joined(separator: " ")): \(source), "
        + "\(TextLayout.counted(jobs, noun: "job"))\n")
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
  let found: String?
  let property: String?
  let runs: UInt64

  init(_ result: Canary.Result) {
    scenario = result.scenario
    found = result.defect
    property = result.property
    runs = result.runs
  }
}
