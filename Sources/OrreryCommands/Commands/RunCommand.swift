import Scenarios
import Exploration
import Glibc
import Histories
import Reporting
import Simulation
import Terminal

/// `orrery run`: one seed, judged.
struct RunCommand {
  let context: CommandContext

  func run() throws(CommandFailure) -> ExitCode {
    let word = context.arguments.words[0]
    let reference = context.arguments.has(.earlyStop) ? ScenarioFile.stoppingEarly(word) : word
    let wantsLog = try context.wantsLog()
    let file = try context.product.scenario(reference)
    let seed = context.arguments[.seed] ?? 1
    guard context.arguments.has(.inProcess) else {
      return try runInChild(file, seed)
    }
    let record = file.experiment.run(seed: seed, recording: wantsLog ? .events : .none)
    let story = try StoryTelling(context).story(of: record.outcome, in: file)
    if wantsLog { EventLog(context).write(record) }
    show(record.outcome, story, file)
    return Self.code(of: record.outcome.verdict)
  }

  /// The code that tells what a run showed.
  static func code(of verdict: Outcome.Verdict) -> ExitCode {
    switch verdict {
    case .valid: .clean
    case .invalid: .violation
    case .unknown: .inconclusive
    }
  }

  /// A trap cannot be caught, so the run happens in a child whose death becomes a finding.
  private func runInChild(_ file: ScenarioFile, _ seed: UInt64) throws(CommandFailure) -> ExitCode {
    var words = context.arguments.wordsInFolder
    words.insert("--in-process", at: words.firstIndex(of: "--") ?? words.endIndex)
    // The child writes into a pipe; what our own output can show is handed down.
    if context.output.colors != .none { setenv("FORCE_COLOR", "1", 1) }
    setenv("COLUMNS", String(context.output.width), 1)
    let exit = try ChildRun.wait(words)
    if let interrupted = Interrupt.exitCode { return interrupted }
    switch exit {
    case .code(let code):
      return ExitCode(rawValue: code) ?? .internalError
    case .signal(let signal):
      show(Outcome(trapIn: file.scenario.name, seed: seed, signal: signal), nil, file)
      return .violation
    }
  }

  private func show(_ outcome: Outcome, _ story: Story?, _ file: ScenarioFile) {
    if context.options.wantsJSON {
      context.print(StableJSON.line(RunReport(outcome, story: story)))
    } else {
      let text = RunText(
        outcome, context, reference: file.reference,
        servers: file.scenario(of: outcome.seed).cluster.serverCount)
      text.write()
      story.map { StoryTelling(context).show($0, seed: outcome.seed) }
      text.writeNextStep()
    }
  }
}

/// A child that does the work of this very command line and passes its output through.
enum ChildRun {
  static func wait(_ words: [String]) throws(CommandFailure) -> ChildExit {
    Interrupt.install()
    let child: ChildProcess
    do throws(ProcessError) {
      child = try ChildProcess.spawnSelf(words)
    } catch {
      throw CommandFailure(
        "\(Program.name): cannot start a child process: \(error)\n", .internalError)
    }
    child.closeInput()
    var pool = ChildPool()
    _ = pool.add(child)
    while true {
      for event in pool.wait(milliseconds: 1_000) {
        switch event {
        case .line(_, let line): StandardOutput.write(line + "\n")
        case .errorLine: break
        case .ended(_, let exit): return exit
        }
      }
      if Interrupt.isRequested { pool.signal(SIGKILL) }
    }
  }
}
