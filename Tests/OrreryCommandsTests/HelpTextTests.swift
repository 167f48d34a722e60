import Testing

@testable import OrreryCommands

struct HelpTextTests {
  private var pages: [String] {
    [HelpText().overview()] + CommandTable.orrery.commands.map { HelpText().page(about: $0) }
  }

  @Test func `no help page is wider than 80 columns`() {
    for page in pages {
      for line in page.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
      #expect(!page.split(separator: "\n").contains { $0.last == " " })
    }
  }

  @Test func `the overview lists every visible verb and every exit code`() {
    let overview = HelpText().overview()
    for command in CommandTable.orrery.commands {
      #expect(overview.contains("\n  \(command.name) ") == !command.isHidden, "\(command.name)")
    }
    for code in ExitCode.allCases {
      #expect(overview.contains("\(code.rawValue)  \(code.meaning)"))
    }
  }

  @Test func `a verb's page shows usage, arguments, options and an example`() {
    #expect(
      HelpText().page(about: .replay) == """
        orrery replay: Repeat one run exactly and compare

        USAGE
          orrery replay SCENARIO@SEED [--log] [--record] [--expect-digest HEX]
                 [--no-story] [--no-diagram] [--width N]

        ARGUMENTS
          SCENARIO@SEED  A run as orrery prints it, such as raft/swarm@0x2a.

        OPTIONS
          --log                Print every event of the run.
          --record             Keep this run in traces/ as the golden one.
          --expect-digest HEX  Fail with exit code 3 on any other digest.
          --no-story           Do not tell how a violation came about.
          --no-diagram         Tell it without a picture.
          --width N            Lay the story out for N columns.

        GLOBAL OPTIONS
          -q, --quiet                    Print results only, no progress and no hints.
              --json                     Print results as JSON, one document or one
                                         record per line.
              --plain                    Print one record per line, separated by tabs.
              --color auto|always|never  Colour the output (default: auto, that is on a
                                         terminal).
              --ascii                    Draw with ASCII characters only.
          -C, --directory DIR            Work as if started in another folder.
              --scenarios DIR            Look scenarios up by name below this folder.
          -h, --help                     Explain a verb, or orrery as a whole.
              --version                  Print the version.

        EXAMPLE
          orrery replay raft/swarm@0x2a

        """)
  }

  @Test func `every example in the table is a command line that parses`() throws {
    for command in CommandTable.orrery.commands {
      let words = command.example.split(separator: " ").map(String.init)
      #expect(words.first == "orrery" && words.dropFirst().first == command.name)
      _ = try ArgumentParser.parse(Array(words.dropFirst()))
    }
  }

  @Test func `no option of a verb hides a global one or another of its own`() {
    for command in CommandTable.orrery.commands {
      let names = (command.options + GlobalOptions.specifications).map(\.name)
      for (index, name) in names.enumerated() { #expect(!names[..<index].contains(name)) }
      #expect(command.positionals.dropLast().allSatisfy { $0.isRequired && !$0.isRepeated })
    }
  }

  @Test func `of several exit codes the most serious one is reported`() {
    #expect(ExitCode.worst([.clean, .inconclusive, .violation]) == .violation)
    #expect(ExitCode.worst([.violation, .nondeterminism]) == .nondeterminism)
    #expect(ExitCode.worst([.nondeterminism, .internalError]) == .internalError)
    #expect(ExitCode.worst([]) == .clean)
  }
}
