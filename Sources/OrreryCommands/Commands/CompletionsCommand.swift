/// `orrery completions`: what a shell needs to complete command lines.
struct CompletionsCommand {
  let context: CommandContext

  func run() -> ExitCode {
    StandardOutput.write(CompletionScript.bash())
    return .clean
  }
}
