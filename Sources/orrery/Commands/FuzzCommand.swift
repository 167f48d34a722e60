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
    guard context.arguments.seed("seed") == nil || context.arguments.seedRange("seeds") == nil
    else {
      throw CommandFailure("orrery fuzz: --seed and --seeds exclude each other\n", .usage)
    }
    let files = try openFiles()
    let seeds = chooseSeeds()
    let jobs =
      context.arguments.integer("jobs") ?? ProcessInfo.processInfo.activeProcessorCount
    announce(files, seeds, jobs)
    if context.arguments.flag("canary"), try isBlind(files, seeds) { return .inconclusive }
    var report = CampaignReport(
      goals: unique(files.flatMap(\.experiment.goals)),
      owedEvidence: unique(files.flatMap(\.experiment.owedEvidence)))
    var progress = CampaignProgress(context, began: began, deadline: deadline, runs: runLimit)
    var campaign = try Campaign(
      files, seeds: seeds, runLimit: runLimit ?? .max, jobs: jobs)
    let maxFailures = context.arguments.integer("max-failures") ?? .max
    try campaign.run(
      isEnough: {
        progress.show(report)
        return isOver || report.groups.count >= maxFailures
      },
      { run, assignment in
        if let group = report.add(run, ordinal: assignment.ordinal) {
          progress.announce(group, replay: replay(files, group))
        }
      })
    progress.clear()
    try write(report, files, jobs: jobs)
    return code(of: report)
  }

  /// Writes what came of the campaign; people read the summary first, machines last.
  private func write(
    _ report: CampaignReport, _ files: [ScenarioFile], jobs: Int
  ) throws(CommandFailure) {
    let text = CampaignText(report, context, began: began, jobs: jobs) { replay(files, $0) }
    let stories = CampaignStories(report, context, files)
    if context.options.wantsJSON { try stories.tell() }
    text.write()
    if !context.options.wantsJSON { try stories.tell() }
    text.writeNextStep()
  }

  private func openFiles() throws(CommandFailure) -> [ScenarioFile] {
    let stopsEarly = context.arguments.flag("early-stop")
    var files: [ScenarioFile] = []
    for word in context.arguments.words {
      files.append(try ScenarioFile(stopsEarly ? ScenarioFile.stoppingEarly(word) : word))
    }
    return files
  }

  /// Whether the campaign misses the bugs planted in its own scenarios; tells what came of it.
  private func isBlind(
    _ files: [ScenarioFile], _ seeds: Campaign.Seeds
  ) throws(CommandFailure) -> Bool {
    let results = try Canary(files: files, seeds: seeds).run()
    for result in results {
      if context.options.wantsJSON { context.print(StableJSON.line(result)) }
      let runs = TextLayout.counted(result.runs, "run")
      guard let found = result.found, let property = result.property else {
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
    return results.contains { $0.found == nil }
  }

  private func code(of report: CampaignReport) -> ExitCode {
    var codes: [ExitCode] = []
    if let interrupted = Interrupt.exitCode { codes.append(interrupted) }
    if !report.groups.isEmpty { codes.append(.violation) }
    if codes.isEmpty, report.isInconclusive { codes.append(.inconclusive) }
    return .worst(codes)
  }

  /// Without a limit a campaign has a thousand runs.
  private var runLimit: UInt64? {
    if let runs = context.arguments.integer("runs") { return UInt64(runs) }
    let isLimited =
      context.arguments.duration("for") != nil || context.arguments.seedRange("seeds") != nil
    return isLimited ? nil : 1_000
  }

  private var deadline: Date? {
    context.arguments.duration("for").map {
      began.addingTimeInterval(TimeInterval($0.count) / 1e9)
    }
  }

  private var isOver: Bool {
    Interrupt.isRequested || deadline.map { Date() >= $0 } ?? false
  }

  /// The only place where a campaign draws on anything but its inputs, and it says what it drew.
  private func chooseSeeds() -> Campaign.Seeds {
    if let range = context.arguments.seedRange("seeds") { return .range(range) }
    return .drawn(from: context.arguments.seed("seed") ?? UInt64.random(in: 0 ... .max))
  }

  private func announce(_ files: [ScenarioFile], _ seeds: Campaign.Seeds, _ jobs: Int) {
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
      "orrery fuzz \(names.joined(separator: " ")): \(source), "
        + "\(TextLayout.counted(jobs, "job"))\n")
  }

  private func replay(_ files: [ScenarioFile], _ group: CampaignReport.Group) -> String {
    let file = files.first { $0.scenario.name == group.scenario }
    return CommandText.replay(file?.reference ?? group.scenario, group.seed)
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
