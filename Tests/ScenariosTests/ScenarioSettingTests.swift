import Text
import Determinism
import Simulation
import Testing

@testable import Scenarios

/// References that change values of a scenario, and axes that can be turned up.
@Suite struct ScenarioSettingTests {
  private static let text = """
    {
      orrery: 1, name: "a", summary: "b",
      system: { protocol: "raft", roles: { server: 3 } },
      clients: { workload: "key-value", count: 4 },
      faults: { pause: { every: "1s", lasts: ["10ms", "20ms"] } },
      phases: { chaos: "2s", quiet: "1s" },
      axes: {
        pause: {
          means: "of pause beyond the lease", origin: "1s", step: "1ms", up_to: "5s",
          set: { "faults.pause.lasts": ["$", "$"] },
        },
        drift: {
          means: "ppb of drift", step: 1000, up_to: 1000000, set: { "clocks.drift_ppb": "$" },
        },
      },
    }
    """

  private func scenario(_ reference: String) throws -> Scenario {
    let (_, settings) = try ScenarioSetting.split(reference)
    return try Scenario(SourceText(Self.text, file: "a.json5"), settings: settings)
  }

  @Test func `a setting changes one value, and the name tells`() throws {
    let changed = try scenario("a?phases.chaos=3s&clients.count=7")
    #expect(changed.world.chaos == .seconds(3))
    #expect(changed.name == "a?phases.chaos=3s&clients.count=7")
    #expect(try scenario("a").name == "a")
  }

  @Test func `a value that the file leaves out can be set`() throws {
    #expect(try scenario("a?clocks={offset: \"1ms\"}").world.wallOffsetMost == .milliseconds(1))
  }

  @Test func `every seed draws one of the values that are listed`() throws {
    let varies = """
      varies: {
        "clients.count": [4, 5, 5, 6],
        "disk": [{ sync: "1ms" }, { sync: { kind: "constant", span: "2ms" } }],
      },
      axes
      """
    let source = SourceText(Self.text.replacing("axes", with: varies), file: "a.json5")
    let scenario = try Scenario(source)
    var counts: [Int: Int] = [:]
    for seed in UInt64(0)..<400 {
      let varied = try scenario.varied(for: seed)
      counts[varied.cluster.clients.count, default: 0] += 1
      #expect(varied.name == "a" && varied.drawn.count == 2)
      // What was drawn is a setting that gives the same scenario.
      let (name, text) = try #require(varied.drawn[0].split(separator: "=").pair)
      let same = try Scenario(source, settings: [ScenarioSetting(name: name, text: text)])
      #expect(same.cluster.clients.count == varied.cluster.clients.count)
      #expect(same.variations.map(\.path) == ["disk"], "a setting fixes the value")
    }
    #expect(counts.keys.sorted() == [4, 5, 6] && counts[5, default: 0] > 150)
    #expect(try scenario.variants().count == 6)
  }

  @Test func `a value that does not fit is an error at its own place`() throws {
    let text = Self.text.replacing("axes", with: "varies: { \"clients.count\": [4, 400] },\naxes")
    let scenario = try Scenario(SourceText(text, file: "a.json5"))
    let error = try #require(throws: ScenarioError.self) { try scenario.variants() }
    #expect("\(error)".contains("400") && error.span.start.line == 7)
  }

  @Test func `an axis adds its origin and fills every place`() throws {
    let fault = try #require(try scenario("a?pause=42ms").profile.entries.first)
    #expect(fault.rhythm.shortest == .milliseconds(1_042))
    #expect(fault.rhythm.longest == .milliseconds(1_042))
  }

  @Test func `an axis of plain numbers takes whole numbers`() throws {
    let error = try #require(throws: ScenarioError.self) { try scenario("a?drift=fast") }
    #expect(error.message.contains("drift must be a whole number"))
  }

  @Test func `what an axis says of a value can be read back`() throws {
    let axis = try #require(try scenario("a").axes.first)
    for span in [0, 1, 999, 1_500_000, 2_000_000_000, 90_000_000_000] as [Int64] {
      let setting = axis.setting(to: span)
      #expect(try DurationText.parse(setting.text).count == span)
    }
    #expect(axis.text(of: 1_500_000_000) == "1500 ms")
  }

  @Test(arguments: [
    ("a?phases.choas=1s", "unknown key \"choas\""),
    ("a?fazes.x=1s", "unknown key \"fazes\""),
    ("a?phases", "a setting must be name=value"),
    ("a?name.x=1", "leads nowhere"),
    ("a?faults.pause.lasts.2=1s", "the list has no element \"2\""),
    ("a?pause=42", "pause needs a unit"),
  ])
  func `a setting that makes no sense says why`(reference: String, complaint: String) throws {
    let error = try #require(throws: ScenarioError.self) { try scenario(reference) }
    #expect(error.render().contains(complaint), "\(error.render())")
  }
}

extension [Substring] {
  /// The two parts, if there are two.
  fileprivate var pair: (String, String)? {
    count == 2 ? (String(self[0]), String(self[1])) : nil
  }
}
