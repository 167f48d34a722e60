import Text
import Histories
import Scenarios

/// All verbs of the program, in the order in which help lists them.
struct CommandTable: Sendable {
  let commands: [CommandSpecification]

  /// The verbs of orrery; a new verb is one more entry here.
  static let orrery = CommandTable(commands: [
    .list, .run, .fuzz, .budget, .replay, .check, .doctor, .bench, .new,
    .completions, .help, .worker,
  ])

  /// The verbs that people use.
  var visibleCommands: [CommandSpecification] { commands.filter { !$0.isHidden } }

  /// The verb of exactly that name; abbreviations are not understood, only suggested upon.
  func command(named name: String) throws(UsageError) -> CommandSpecification {
    if let command = commands.first(where: { $0.name == name }) { return command }
    throw UsageError(
      "unknown command \"\(name)\"",
      hint: Suggestion.hint(for: name, among: visibleCommands.map(\.name)))
  }
}

extension CommandSpecification {
  /// What verbs that end a finding with its story understand.
  private static let storyOptions: [OptionSpecification] = [
    .flag(.noStory, help: "Do not tell how a violation came about."),
    .flag(.noDiagram, help: "Tell it without a picture."),
    .value(.width, "N", .integer(40...400), help: "Lay the story out for N columns."),
  ]

  static let list = CommandSpecification(
    "list", summary: "List what orrery can simulate and check",
    positionals: [
      PositionalSpecification(
        "KIND",
        .choice(["scenarios", "faults", "rules", "models", "checkers", "formats", "protocols"]),
        isRequired: false, help: "What to list (default: scenarios).")
    ],
    example: "\(Program.name) list scenarios")

  static let new = CommandSpecification(
    "new", summary: "Write a package with a system of your own, to start from",
    positionals: [
      PositionalSpecification("WHAT", .choice(["system"]), help: "What to write."),
      PositionalSpecification("NAME", help: "The package's name, and its folder's."),
    ],
    options: [
      .value(
        .orrery, "WHERE", .text,
        help: "Where orrery's package is: a folder (default: that of this build), or URL@VERSION.")
    ],
    example: "\(Program.name) new system my-queue")

  static let run = CommandSpecification(
    "run", summary: "Run one simulation and judge it",
    positionals: [PositionalSpecification("SCENARIO", help: "A scenario's name, or its file.")],
    options: [
      .value(.seed, "N", .seed, help: "The seed, decimal or 0x hexadecimal (default: 1)."),
      .flag(.earlyStop, help: "End once clients have seen something impossible."),
      .flag(.log, help: "Print every event of the run."),
      .flag(.inProcess, help: "Run without a child process; a trap then ends orrery itself."),
    ] + storyOptions,
    example: "\(Program.name) run raft/steady --seed 0x2a")

  static let fuzz = CommandSpecification(
    "fuzz", summary: "Run many seeds and collect distinct failures",
    positionals: [
      PositionalSpecification("SCENARIO", isRepeated: true, help: "One or more scenarios.")
    ],
    options: [
      .value(.runs, "N", .integer(1 ... .max), help: "Stop after this many runs."),
      .value(.budget, "DURATION", .duration, help: "Stop after this time, such as 90s or 10m."),
      .value(.seed, "N", .seed, help: "Derive all seeds from this one."),
      .value(.seeds, "A..B", .seedRange, help: "Run exactly the seeds from A to B inclusive."),
      .value(.jobs, "N", .integer(1...256), help: "Run this many at once (default: one a core)."),
      .value(
        .maxFailures, "N", .integer(1 ... .max), help: "Stop after this many distinct failures."),
      .flag(.earlyStop, help: "End runs once clients have seen something impossible."),
      .value(
        .runTimeout, "DURATION", .duration,
        help: "Take a run that lasts longer for hung: a finding (default: 120s)."),
      .value(
        .results, "FILE", .text, help: "Append findings to this file as soon as they are made."),
      .value(
        .verifyEvery, "N", .integer(0...1_000_000),
        help:
          "Run every Nth run again in another process and compare (default: 100 where CI is set)."
      ),
      .flag(.canary, help: "First plant every known bug, and give up if one is not found."),
    ] + storyOptions,
    example: "\(Program.name) fuzz raft/swarm --runs 200 --seed 7")

  static let budget = CommandSpecification(
    "budget", summary: "Find the smallest trouble that breaks a property",
    positionals: [PositionalSpecification("SCENARIO", help: "A scenario that declares axes.")],
    options: [
      .value(.axis, "NAME", .text, help: "What to turn up (default: the only axis)."),
      .value(.runs, "N", .integer(1...1_000_000), help: "Seeds for each value (default: 200)."),
      .value(.seed, "N", .seed, help: "Derive all seeds from this one (default: 1)."),
      .value(.jobs, "N", .integer(1...256), help: "Run this many at once (default: one a core)."),
    ],
    example: "\(Program.name) budget fencing/redlock-gc-pause --axis pause")

  static let replay = CommandSpecification(
    "replay", summary: "Repeat one run exactly and compare",
    positionals: [
      PositionalSpecification(
        "SCENARIO@SEED", .runReference, help: "A run as orrery prints it, such as raft/swarm@0x2a.")
    ],
    options: [
      .flag(.log, help: "Print every event of the run."),
      .flag(.record, help: "Keep this run in traces/ as the golden one."),
      .value(
        .expectDigest, "HEX", .hexadecimal, help: "Fail with exit code 3 on any other digest."),
    ] + storyOptions,
    example: "\(Program.name) replay raft/swarm@0x2a")

  static let check = CommandSpecification(
    "check", summary: "Judge a history recorded elsewhere",
    positionals: [PositionalSpecification("FILE", help: "The history; - reads it from stdin.")],
    options: [
      .value(.model, "NAME", .text, help: "What the history should behave like."),
      .value(.checker, "NAME", .text, help: "The property to check (default: linearizable)."),
      .value(
        .format, "FORMAT", .choice(["auto"] + HistoryFormat.allCases.map(\.rawValue)),
        help: "How the history is written (default: auto)."),
      .value(
        .key, "MEANING", .choice(["none", "independent"]),
        help: "Whether values are pairs [key value] (default: none)."),
      .value(
        .export, "FORMAT", .choice(HistoryWriter.Format.allCases.map(\.rawValue)),
        help: "Print the history in another format instead of judging it."),
      .flag(.explain, help: "Say in words and with a timeline why."),
      .value(.timeout, "DURATION", .duration, help: "Give up after this time, with exit code 2."),
      .value(.memory, "SIZE", .size, help: "Use about this much at most (default: 1GiB)."),
    ],
    example: "\(Program.name) check history.edn --model cas-register")

  static let doctor = CommandSpecification(
    "doctor", summary: "Check this machine, and orrery's own promises",
    positionals: [
      PositionalSpecification(
        "WHAT", isRequired: false, isRepeated: true,
        help: "determinism [SCENARIO...], checkers [NAME...] or readers.")
    ],
    options: [
      .value(.runs, "N", .integer(1 ... .max), help: "Seeds for each (default: 20 or 1000)."),
      .value(.with, "PROGRAM", .text, help: "Compare with another build of orrery."),
    ],
    example: "\(Program.name) doctor determinism raft/swarm --runs 100")

  static let bench = CommandSpecification(
    "bench", summary: "Measure speed and compare with the committed threshold",
    positionals: [
      PositionalSpecification(
        "WHAT", isRequired: false, isRepeated: true,
        help: "check [FOLDER]: checkers, and Porcupine's test_data in FOLDER.")
    ],
    options: [
      .flag(.check, help: "Fail if slower than the committed threshold."),
      .flag(.scale, help: "Measure by size instead, and write docs/performance.md."),
    ],
    example: "\(Program.name) bench --check")

  static let completions = CommandSpecification(
    "completions", summary: "Print a script with which bash or zsh completes commands",
    example: "\(Program.name) completions")

  static let help = CommandSpecification(
    "help", summary: "Explain a verb, or orrery as a whole",
    positionals: [PositionalSpecification("VERB", isRequired: false, help: "The verb to explain.")],
    example: "\(Program.name) help run")

  /// The child process of a campaign: reads seeds from stdin and answers on stdout.
  static let worker = CommandSpecification(
    "worker", summary: "Run the seeds given on stdin, one a line",
    positionals: [
      PositionalSpecification("SCENARIO", isRepeated: true, help: "The scenarios to run.")
    ],
    options: [
      .value(.ballast, "N", .integer(0...1_000_000), help: "Hold N blocks of memory meanwhile.")
    ],
    example: "\(Program.name) worker raft/swarm", isHidden: true)
}
