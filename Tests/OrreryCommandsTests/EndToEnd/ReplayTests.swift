import Testing

/// `orrery replay` from outside: the same again, and what is said when it is not.
@Suite struct ReplayTests {
  private static let trace = "traces/raft-steady-0x1.trace"
  private let workbench: Workbench

  init() throws { workbench = try Workbench() }

  @Test func `a golden run repeats`() throws {
    let result = try workbench.orrery("replay raft/steady@1")
    #expect(result.code == 0)
    #expect(result.output.contains("another process and the golden run agree"))
  }

  @Test func `the first event that differs from a golden run is named`() throws {
    var lines = try workbench.read(Self.trace).split(separator: "\n").map(String.init)
    // The sixth line holds events 1 to 48; its eleventh and twelfth digits are event 6.
    var digits = Array(lines[5])
    digits[10] = digits[10] == "0" ? "1" : "0"
    lines[5] = String(digits)
    try workbench.write(lines.joined(separator: "\n") + "\n", to: Self.trace)
    let text = try workbench.orrery("replay raft/steady@1")
    #expect(text.code == 1)
    #expect(text.output.contains("CHANGED  runs agree for 5 events, then differ"))
    #expect(text.output.contains("#6 "))
    #expect(text.output.contains(Self.trace))
    let record = try workbench.orrery("replay raft/steady@1 --json").record()
    #expect(record["kind"] as? String == "changed")
    #expect(record["first_divergent_event"] as? Int == 6)
    #expect(try workbench.orrery("replay raft/steady@1 --record").code == 0)
    #expect(try workbench.orrery("replay raft/steady@1").code == 0)
  }

  @Test func `another digest than expected has a code of its own`() throws {
    let text = try workbench.orrery("replay raft/steady@3 --expect-digest 12")
    #expect(text.code == 3)
    #expect(text.output.contains("expected 0000000000000012"))
    let json = try workbench.orrery("replay raft/steady@3 --expect-digest 12 --json")
    let digest = try #require(try json.record()["digest"] as? String)
    #expect(try workbench.orrery("replay raft/steady@3 --expect-digest \(digest)").code == 0)
  }

  @Test(arguments: [
    ("end\n", "", "too early"), ("orrery-trace 1", "orrery-trace 9", "version \"9\""),
    ("seed 0x1", "seed 0x2", "this is a run of raft/steady@0x2"),
    ("digest ", "digset ", ":5:1: error"), ("events ", "events 9223372036854775807", ":4:1: error"),
  ])
  func `a damaged golden run is refused and left alone`(
    old: String, new: String, complaint: String
  ) throws {
    try workbench.edit(Self.trace, old, new)
    let damaged = try workbench.read(Self.trace)
    for option in ["", "--record"] {
      let result = try workbench.orrery("replay raft/steady@1 \(option)")
      #expect(result.code == 65)
      #expect(result.errors.contains(Self.trace))
      #expect(result.errors.contains(complaint), "\(result.errors)")
      #expect(try workbench.read(Self.trace) == damaged)
    }
  }

  @Test func `a run of many events is compared whole`() throws {
    // The answer of the other process is longer than the longest line that a reader keeps whole.
    try workbench.edit("Scenarios/raft/steady.json5", "chaos: \"1s\"", "chaos: \"34s\"")
    try workbench.edit("Scenarios/raft/steady.json5", "operations: 1000", "operations: 100000")
    let result = try workbench.orrery("replay raft/steady@5")
    #expect(result.code == 0, "\(result.output)")
    let events = result.output.split(separator: " events").first?.filter(\.isNumber) ?? ""
    #expect(Int(events) ?? 0 > 62_000)
  }

  @Test func `a log names every event with its cause`() throws {
    let result = try workbench.orrery(
      "replay raft/defects/raft-ack-before-fsync@0xf332ebe51dc1fa33 --log")
    #expect(result.code == 1)
    #expect(result.output.contains("#88 "))
    #expect(result.output.contains("FAIL  reproduced: durability"))
  }
}
