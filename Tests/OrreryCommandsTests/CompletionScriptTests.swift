import Testing

@testable import OrreryCommands

/// What a real shell offers after reading the script.
struct CompletionScriptTests {
  private func offers(_ words: String...) throws -> [String] {
    let quoted = (["orrery"] + words).map { "'\($0)'" }.joined(separator: " ")
    let script = """
      \(CompletionScript.bash())
      COMP_WORDS=(\(quoted)); COMP_CWORD=\(words.count); _orrery
      for word in "${COMPREPLY[@]}"; do echo "$word"; done
      """
    let shell = try ChildProcess.spawn("/bin/bash", ["--norc", "-c", script])
    var pool = ChildPool()
    _ = pool.add(shell)
    var offers: [String] = []
    let deadline = ContinuousClock.now + .seconds(10)
    while pool.count > 0 && ContinuousClock.now < deadline {
      for case .line(_, let line) in pool.wait(milliseconds: 50) { offers.append(line) }
    }
    return offers
  }

  @Test func `verbs are offered first, and hidden ones never`() throws {
    #expect(try offers("r") == ["run", "replay"])
    #expect(try offers("wor") == [])
    #expect(try offers("help", "do") == ["doctor"])
  }

  @Test func `a verb offers its own options, choices and the global options`() throws {
    #expect(try offers("fuzz", "kv", "--se") == ["--seed", "--seeds"])
    #expect(try offers("-q", "list", "m") == ["models"])
    #expect(try offers("run", "kv", "--as") == ["--ascii"])
    #expect(try offers("check", "h.edn", "--format", "e") == ["edn"])
    #expect(try offers("run", "--color", "") == ["auto", "always", "never"])
    #expect(try offers("run", "--seed", "") == [])
  }
}
