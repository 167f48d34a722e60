import Scenarios

/// `orrery help`: the program or one verb, explained.
struct HelpCommand {
  let context: CommandContext

  func run() throws(CommandFailure) -> ExitCode {
    guard let verb = context.arguments.words.first else {
      StandardOutput.write(HelpText().overview())
      return .clean
    }
    do throws(UsageError) {
      StandardOutput.write(HelpText().page(about: try CommandTable.orrery.command(named: verb)))
    } catch {
      throw CommandFailure(error.render(), .usage)
    }
    return .clean
  }
}
