import Determinism
import Terminal
import Testing

@testable import OrreryCommands

struct ArgumentParserTests {
  private func arguments(_ line: String) throws -> ParsedArguments {
    let invocation = try ArgumentParser.parse(line.split(separator: " ").map(String.init))
    guard case .command(let arguments, _) = invocation else {
      throw UsageError("not a command: \(line)")
    }
    return arguments
  }

  private func global(_ line: String) throws -> GlobalOptions {
    switch try ArgumentParser.parse(line.split(separator: " ").map(String.init)) {
    case .command(_, let options), .help(_, let options), .version(let options): options
    }
  }

  @Test func `options are read in both spellings and converted`() throws {
    let fuzz = try arguments(
      "fuzz kv raft --runs 200 --for=10m --seed=0x9f_2c --seeds 1..1_000 --jobs=8")
    #expect(fuzz.command.name == "fuzz")
    #expect(fuzz.words == ["kv", "raft"])
    #expect(fuzz[.runs] == 200)
    #expect(fuzz[.budget] == .seconds(600))
    #expect(fuzz[.seed] == 0x9f2c)
    #expect(fuzz[.seeds] == 1...1_000)
    #expect(fuzz[.jobs] == 8)
    #expect(fuzz[.maxFailures] == nil)
  }

  @Test func `flags, references and digests are read`() throws {
    let replay = try arguments("replay kv@0x2a --log --expect-digest 8d1fc2")
    #expect(replay.runReferences == [RunReference(scenario: "kv", seed: 42)])
    #expect(replay.has(.log))
    #expect(replay[.expectDigest] == 0x8d1fc2)
    #expect(try !arguments("run kv").has(.log))
    #expect(try arguments("check - --format edn")[.format] == "edn")
  }

  @Test func `global options stand before or after the verb`() throws {
    let options = GlobalOptions(isQuiet: true, wantsJSON: true, color: .never)
    #expect(try global("-q --json --color never run kv") == options)
    #expect(try global("run kv -q --color=never --json") == options)
    #expect(try global("list") == GlobalOptions())
  }

  @Test func `two dashes end the options`() throws {
    #expect(try arguments("run -- --odd").words == ["--odd"])
  }

  @Test func `help is given instead of complaining about missing arguments`() throws {
    for line in ["run --help", "help run", "-h run", "run kv --seed 3 -h"] {
      guard
        case .help(let verb, _) = try ArgumentParser.parse(
          line.split(separator: " ").map(String.init))
      else {
        Issue.record("\(line) is not help")
        continue
      }
      #expect(verb?.name == "run")
    }
    guard case .version = try ArgumentParser.parse(["--version", "--json"]) else {
      Issue.record("--version is not recognised")
      return
    }
  }

  @Test(arguments: [
    ("", "no command given"),
    ("fuz kv", "unknown command \"fuz\"; did you mean \"fuzz\"?"),
    ("ru kv", "unknown command \"ru\"; did you mean \"run\"?"),
    ("help rnu", "unknown command \"rnu\"; did you mean \"run\"?"),
    ("run", "run needs a SCENARIO"),
    ("run a b", "unexpected argument \"b\""),
    ("completions x", "unexpected argument \"x\""),
    ("run kv --sede 1", "unknown option --sede; did you mean --seed?"),
    ("run kv -seed 1", "unknown option -seed; did you mean --seed?"),
    ("run kv --model x", "unknown option --model; it belongs after orrery check"),
    ("run kv --zzzz", "unknown option --zzzz"),
    ("run kv --log=yes", "--log takes no value"),
    ("run kv --log --log", "--log is given twice"),
    ("run kv --seed", "--seed needs a value; such as --seed N"),
    ("run kv --seed --log", "--seed needs a value; such as --seed N"),
    ("run kv --seed 1 --seed 2", "--seed is given twice"),
    ("run kv --seed -3", "--seed must not be negative"),
    ("run kv --seed x", "--seed must be a seed, not \"x\"; such as 42 or 0x9f2c41d7"),
    ("run kv --seed 9f2c", "--seed must be a seed, not \"9f2c\"; did you mean 0x9f2c?"),
    ("run kv --seed 0x", "--seed must be hexadecimal digits, not \"0x\""),
    ("run kv --seed 18446744073709551616", "--seed does not fit into 64 bits"),
    ("fuzz kv --seeds 9..3", "--seeds begins after its end"),
    ("fuzz kv --seeds 9", "--seeds must be two seeds, not \"9\"; such as 1..1000"),
    ("fuzz kv --for 10", "--for needs a unit; did you mean \"10ms\" or \"10s\"?"),
    ("fuzz kv --for 0s", "--for must be longer than zero"),
    ("fuzz kv --runs many", "--runs must be a whole number, not \"many\""),
    ("fuzz kv --runs 0", "--runs must be at least 1"),
    ("fuzz kv --jobs 1000", "--jobs must lie between 1 and 256"),
    ("replay kv", "SCENARIO@SEED must be scenario@seed, not \"kv\""),
    ("replay @3", "SCENARIO@SEED must be scenario@seed, not \"@3\""),
    ("list fautls", "KIND cannot be \"fautls\"; did you mean \"faults\"?"),
    ("list --color=blue", "--color cannot be \"blue\"; one of auto, always, never"),
    ("check h --model=", "--model must not be empty"),
    ("list --json --plain", "--json and --plain exclude each other"),
  ])
  func `a wrong command line says what is wrong`(line: String, complaint: String) {
    let error = #expect(throws: UsageError.self) {
      try ArgumentParser.parse(line.split(separator: " ").map(String.init))
    }
    #expect(error.map { $0.message + ($0.hint.map { "; " + $0 } ?? "") } == complaint)
  }

  @Test func `a usage error points to the page that helps`() {
    let error = #expect(throws: UsageError.self) { try ArgumentParser.parse(["run", "--sede"]) }
    #expect(
      error?.render() == """
        orrery: unknown option --sede; did you mean --seed?
        See: orrery help run

        """)
    #expect(UsageError("oh").render() == "orrery: oh\nSee: orrery --help\n")
  }

  @Test func `a printed run reference is read back`() throws {
    let reference = RunReference(scenario: "a@b/kv", seed: .max)
    #expect(reference.description == "a@b/kv@0xffffffffffffffff")
    #expect(try RunReference(reference.description) == reference)
  }
}
