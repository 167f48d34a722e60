import Exploration
import Reporting
import Simulation
import Terminal

/// Tells the story of a finding, for the commands that end with one.
struct StoryTelling {
  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  /// Whether a story is wanted at all.
  var isWanted: Bool { !context.options.isQuiet && !context.arguments.has(.noStory) }

  /// The story of a run, or nil if it is not wanted or nothing is violated.
  ///
  /// The run is repeated and recorded here, which is safe because it did not trap before. What it
  /// needs is tested in another process, where a run without some fault may trap.
  func story(
    of outcome: Outcome, in file: ScenarioFile, isTested: Bool = true
  ) throws(CommandFailure) -> Story? {
    guard isWanted, outcome.finding != nil else { return nil }
    return try story(of: outcome.seed, in: file, isTested: isTested)
  }

  /// The story of a seed whose run violates a property without a trap.
  func story(
    of seed: UInt64, in file: ScenarioFile, isTested: Bool
  ) throws(CommandFailure) -> Story? {
    var worker = isTested ? try SoleWorker(in: ProcessWorkers([file])) : nil
    let record = file.experiment.run(seed: seed, recording: .events)
    return Story(record) { since in
      // A run without some fault may trap, and then nothing is known about what is needed.
      (try? worker?.ablation(of: 0, seed: seed, since: since))?.answer ?? nil
    }
  }

  /// Prints a story in the form that was asked for, with an empty line before it.
  func show(_ story: Story, seed: UInt64, hasDiagram: Bool = true) {
    if context.options.wantsPlain {
      for record in story.records {
        context.print(([SeedText.format(seed), "story"] + record).joined(separator: "\t"))
      }
      return
    }
    let layout = StoryText(
      story, width: context.arguments[.width] ?? min(context.output.width, 80),
      hasDiagram: hasDiagram && !context.arguments.has(.noDiagram),
      isASCII: !context.output.usesUnicode)
    context.print()
    for line in layout.lines {
      context.print(line.style.map { context.palette.apply($0, to: line.text) } ?? line.text)
    }
  }
}
