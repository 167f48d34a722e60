import Foundation
import Reporting
public import SystemKit

/// The program: understands the command line and hands it to a verb.
///
/// A program of anybody's is an `@main` type that calls `run` with its systems; it has every verb,
/// worker processes and isolation from traps included.
public enum OrreryMain {
  static let version = "0.1.0"

  /// Does what the command line of this process asks for, and ends the process with its exit code.
  ///
  /// Scenarios are looked up by name below `scenarios`, a folder seen from where the process was
  /// started; if it is not there, below `share/NAME/` beside the folder of the program.
  /// Runs happen in child processes of the same executable, so call this first.
  public static func run(
    systems: [System], benchmarks: [Benchmark] = [], scenarios: String = "Scenarios"
  ) async -> Never {
    StandardOutput.ignoreBrokenPipes()
    Program.takeName(from: CommandLine.arguments.first ?? "")
    let product = Product(systems: systems, benchmarks: benchmarks, folder: scenarios)
    exit(run(Array(CommandLine.arguments.dropFirst()), of: product).rawValue)
  }

  /// Does what the words after the program's name ask for.
  static func run(_ words: [String], of product: Product) -> ExitCode {
    do throws(UsageError) {
      switch try ArgumentParser.parse(words) {
      case .help(let verb, _):
        StandardOutput.write(verb.map { HelpText().page(about: $0) } ?? HelpText().overview())
        return .clean
      case .version(let options): return showVersion(options)
      case .command(let arguments, let options):
        return perform(arguments, options, product)
      }
    } catch {
      StandardError.write(error.render())
      return .usage
    }
  }

  private static func perform(
    _ arguments: ParsedArguments, _ options: GlobalOptions, _ product: Product
  ) -> ExitCode {
    do throws(CommandFailure) {
      if let directory = options.directory { try enter(directory) }
      return try command(CommandContext(arguments, options, product.placed(by: options)))
    } catch {
      StandardError.write(error.text)
      return error.code
    }
  }

  private static func enter(_ directory: String) throws(CommandFailure) {
    guard FileManager.default.changeCurrentDirectoryPath(directory) else {
      throw CommandFailure(badInput: "\(Program.name): there is no folder \(directory)\n")
    }
  }

  private static func command(_ context: CommandContext) throws(CommandFailure) -> ExitCode {
    switch context.arguments.command.name {
    case "list": try ListCommand(context: context).run()
    case "run": try RunCommand(context: context).run()
    case "fuzz": try FuzzCommand(context: context).run()
    case "budget": try BudgetCommand(context: context).run()
    case "replay": try ReplayCommand(context: context).run()
    case "check": try CheckCommand(context: context).run()
    case "doctor": try DoctorCommand(context: context).run()
    case "new": try NewCommand(context: context).run()
    case "bench": try BenchCommand(context: context).run()
    case "completions": CompletionsCommand(context: context).run()
    case "worker": try WorkerCommand(context: context).run()
    default: .usage
    }
  }

  private struct Version: Encodable {
    let version: String
    let build: String
    let swift: String
    let target: String
  }

  private static func showVersion(_ options: GlobalOptions) -> ExitCode {
    let facts = Version(
      version: version, build: BuildFacts.configuration, swift: BuildFacts.swift,
      target: BuildFacts.target)
    StandardOutput.write(
      options.wantsJSON
        ? StableJSON.line(facts) + "\n"
        : "\(Program.name) \(facts.version) (\(facts.build) build, Swift \(facts.swift), \(facts.target))\n"
    )
    return .clean
  }
}

/// What the compiler knows about this program.
enum BuildFacts {
  /// `debug` or `release`.
  static var configuration: String {
    #if DEBUG
      "debug"
    #else
      "release"
    #endif
  }

  /// The language version that the compiler speaks.
  static var swift: String {
    #if compiler(>=6.4)
      "6.4 or later"
    #elseif compiler(>=6.3)
      "6.3"
    #else
      "6.2"
    #endif
  }

  /// The processor and system.
  static var target: String {
    #if arch(x86_64)
      let processor = "x86_64"
    #elseif arch(arm64)
      let processor = "arm64"
    #else
      let processor = "other processor"
    #endif
    #if os(Linux)
      return "\(processor) Linux"
    #else
      return "\(processor)"
    #endif
  }
}
