import Determinism
import Testing

@testable import Text

/// Decoding through `StrictObject` and `StrictValue`, and the words of every refusal.
struct StrictObjectTests {
  enum Shape: String, CaseIterable { case split, bridge, ring }

  /// Decodes a whole document whose outermost value is an object.
  private func decode<Result>(
    _ source: SourceText, _ body: (inout StrictObject) throws(ScenarioError) -> Result
  ) throws(ScenarioError) -> Result {
    try StrictValue(JSON5Parser.parse(source), label: "a scenario", in: source).object(body)
  }

  /// Decodes an object with the single key `v`.
  private func decode<Result>(
    _ text: String, _ body: (StrictValue) throws(ScenarioError) -> Result
  ) throws(ScenarioError) -> Result {
    try decode(SourceText("{v: \(text)}", file: "a.json5")) {
      (root) throws(ScenarioError) in try body(try root.required("v"))
    }
  }

  private func refusal<Result>(
    _ text: String, _ body: (StrictValue) throws(ScenarioError) -> Result
  ) -> String {
    do throws(ScenarioError) {
      _ = try decode(text, body)
      return "accepted"
    } catch {
      return error.message + (error.hint.map { "; " + $0 } ?? "")
    }
  }

  @Test func `an unknown key suggests its nearest neighbour`() {
    let text = """
      {
        system: "raft",
        fualts: { loss: 0.1 },
      }
      """
    let source = SourceText(text, file: "Scenarios/kv-failover.json5")
    let error = #expect(throws: ScenarioError.self) {
      try decode(source) { (root) throws(ScenarioError) in
        _ = try root.required("system").string()
        _ = root.optional("network")
        _ = root.optional("faults")
      }
    }
    #expect(
      error?.render() == """
        Scenarios/kv-failover.json5:3:3: error: unknown key "fualts"
            3 |   fualts: { loss: 0.1 },
              |   ^~~~~~ did you mean "faults"?
        1 error. Keys allowed here: system, network, faults.

        """)
  }

  @Test func `a missing key is reported at the brace, with its lookalike`() {
    let source = SourceText("\n{ nmae: 'x' }", file: "a.json5")
    let error = #expect(throws: ScenarioError.self) {
      try decode(source) { (root) throws(ScenarioError) in
        try root.required("name").string()
      }
    }
    #expect(
      error?.render() == """
        a.json5:2:1: error: missing key "name"
            2 | { nmae: 'x' }
              | ^ line 2 has "nmae"

        """)
  }

  @Test func `nested objects and lists are finished on the way out`() {
    let source = SourceText("{a: [{b: 1}, {b: 2, c: 3}]}", file: "a.json5")
    let error = #expect(throws: ScenarioError.self) {
      try decode(source) { (root) throws(ScenarioError) in
        try root.required("a").list { (item) throws(ScenarioError) in
          try item.object { (inner) throws(ScenarioError) in
            try inner.required("b").integer(in: 1...9)
          }
        }
      }
    }
    #expect(error?.message == "unknown key \"c\"")
    #expect(error?.position == SourcePosition(line: 1, column: 21))
    #expect(error?.allowedKeys == ["b"])
  }

  @Test func `integers obey their bounds`() throws {
    #expect(
      try decode("0xFFFFFFFFFFFFFFFF") { v throws(ScenarioError) in
        try v.integer() as UInt64
      } == .max)
    let integer = { (text: String) in
      self.refusal(text) { v throws(ScenarioError) in try v.integer(in: 1...99) }
    }
    #expect(integer("99") == "accepted")
    #expect(integer("100") == "v must lie between 1 and 99")
    #expect(integer("1.5") == "v must be a whole number, not 1.5")
    #expect(integer("'x'") == "v must be a whole number, not text")
  }

  @Test func `a probability becomes an exact fraction`() throws {
    let fraction = { (text: String) in
      try self.decode(text) { v throws(ScenarioError) in
        let (numerator, denominator) = try v.probability()
        return [numerator, denominator]
      }
    }
    #expect(try fraction("0.01") == [1, 100])
    #expect(try fraction("2.5e-1") == [1, 4])
    #expect(try fraction("1.0") == [1, 1])
    #expect(try fraction("0") == [0, 1])
    #expect(try fraction("0.000000000000000001") == [1, 1_000_000_000_000_000_000])
  }

  @Test(arguments: [
    ("1.01", "v must lie between 0 and 1"), ("-0.1", "v must lie between 0 and 1"),
    ("-1", "v must lie between 0 and 1"), ("2", "v must lie between 0 and 1"),
    ("1e-19", "v must be a number of at most 18 decimal places"),
    ("NaN", "v must be a number of at most 18 decimal places"),
    ("true", "v must be a number between 0 and 1, not a yes or no"),
  ])
  func `a probability outside its range is refused`(text: String, message: String) {
    #expect(refusal(text) { v throws(ScenarioError) in try v.probability() } == message)
  }

  @Test(arguments: [
    ("50", "v needs a unit; did you mean \"50ms\" or \"50s\"?"),
    ("1.5", "v needs a unit; did you mean \"1.5ms\" or \"1.5s\"?"),
    ("'-2s'", "v must not be negative"),
    ("'2 weeks'", "v has an unknown unit \"weeks\"; units are ns, us, ms, s, m and h"),
    ("'soon'", "v must be a duration; such as \"50ms\" or \"2s\""),
    ("[]", "v must be a duration such as \"50ms\", not a list"),
  ])
  func `a duration that says too little is refused`(text: String, message: String) {
    #expect(refusal(text) { v throws(ScenarioError) in try v.duration() } == message)
  }

  @Test func `durations carry their unit and may be signed where that is asked for`() throws {
    #expect(
      try decode("'1.5ms'") { v throws(ScenarioError) in try v.duration() }
        == Nanoseconds.microseconds(1_500))
    #expect(
      try decode("'-200ms'") { v throws(ScenarioError) in try v.signedDuration() }
        == Nanoseconds.milliseconds(-200))
  }

  @Test func `an unknown name is answered with the nearest or with all`() throws {
    let shape = { (text: String) in
      self.refusal(text) { v throws(ScenarioError) in try v.choice(of: "shape", as: Shape.self) }
    }
    #expect(shape("'ring'") == "accepted")
    #expect(shape("'spilt'") == "unknown shape \"spilt\"; did you mean \"split\"?")
    #expect(shape("'triangle'") == "unknown shape \"triangle\"; one of split, bridge, ring")
  }

  @Test func `a value of the wrong kind says what it is`() {
    #expect(
      refusal("{}") { v throws(ScenarioError) in try v.string() }
        == "v must be text, not an object")
    #expect(
      refusal("null") { v throws(ScenarioError) in try v.boolean() }
        == "v must be true or false, not null")
    #expect(
      refusal("1") { v throws(ScenarioError) in try v.list { _ in 0 } }
        == "v must be a list, not a number")
    let list = SourceText("[]", file: "a.json5")
    let error = #expect(throws: ScenarioError.self) { try decode(list) { _ in } }
    #expect(error?.message == "a scenario must be an object, not a list")
  }
}
