import Exploration
import Reporting

/// `orrery worker`: the child process of campaigns and comparisons.
///
/// Reads one question a line as JSON and answers each, in order, with a line of JSON and an empty
/// line behind it. Ends when its input does. `--ballast N` holds N blocks of memory of odd sizes, so
/// that everything else comes to lie elsewhere.
struct WorkerCommand {
  let context: CommandContext

  func run() throws(CommandFailure) -> ExitCode {
    var scenarios: [ScenarioUnderTest] = []
    for reference in context.arguments.words {
      scenarios.append(try context.product.scenario(reference).underTest)
    }
    let ballast = (0..<(context.arguments[.ballast] ?? 0)).map {
      [UInt8](repeating: 0, count: $0 % 97 + 1)
    }
    defer { withExtendedLifetime(ballast) {} }
    while let line = readLine() {
      guard let question = StableJSON.read(line, as: Question.self),
        scenarios.indices.contains(question.scenario)
      else {
        throw CommandFailure("\(Program.name) worker: cannot understand \"\(line)\"\n", .usage)
      }
      let answer = scenarios[question.scenario].answer(question)
      context.print(StableJSON.line(answer) + "\n")
    }
    return .clean
  }
}
