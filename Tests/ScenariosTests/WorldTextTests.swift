import Text
import Determinism
import ProtocolKit
import Scenarios
import Simulation
import Testing

/// What scenario files may say about links and faults, and the words of every refusal.
struct WorldTextTests {
  private func scenario(
    network: String = "{}", faults: String = "{}", servers: Int = 5
  ) throws(ScenarioError) -> Scenario {
    let text = """
      {
        orrery: 1, name: "a", summary: "b",
        system: { protocol: "raft", roles: { server: \(servers) } }, clients: { workload: "none", count: 1 },
        network: \(network), faults: \(faults), phases: { chaos: "1s", quiet: "1s" },
      }
      """
    return try Scenario(SourceText(text, file: "a.json5"))
  }

  private func refusal(
    network: String = "{}", faults: String = "{}", servers: Int = 5
  ) -> String {
    do throws(ScenarioError) {
      _ = try scenario(network: network, faults: faults, servers: servers)
      return "accepted"
    } catch {
      return error.message + (error.hint.map { "; " + $0 } ?? "")
    }
  }

  private func script(_ line: String) throws -> [FaultPlan.Entry] {
    try scenario(faults: "{ script: [{ at: \"100ms\", for: \"10ms\", \(line) }] }").script.entries
  }

  @Test func `links have an order, a bandwidth with a queue, and damage`() throws {
    let world = try scenario(
      network: """
        { order: "fifo", bandwidth: 5000, queue: 700, corruption: 0.25,
          links: [{ from: ["n1"], to: ["n2"], order: "datagram", queue: 9, trusting: true }] }
        """
    ).world
    #expect(world.links.order == .fifo)
    #expect(world.links.bandwidth == Bandwidth(bytesPerSecond: 5_000, queueBytes: 700))
    #expect(world.links.corruption == Ratio(1, in: 4))
    #expect(!world.links.isTrusting)
    let exception = try #require(world.linkExceptions.first).conditions
    #expect(exception.order == .datagram && exception.isTrusting)
    #expect(exception.bandwidth == Bandwidth(bytesPerSecond: 5_000, queueBytes: 9))
    let plain = try scenario().world.links
    #expect(plain.order == .datagram && plain.bandwidth == nil && plain.corruption == .zero)
  }

  @Test(arguments: [
    ("{ order: \"tcp\" }", "unknown order \"tcp\"; one of datagram, fifo"),
    ("{ bandwidth: 0 }", "bandwidth must lie between 1 and 1000000000000"),
    (
      "{ queue: 100 }",
      "a queue only forms where bandwidth is limited; add bandwidth: 125000 (bytes per second)"
    ),
    (
      "{ trusting: true }",
      "trusting changes nothing where nothing is damaged; add corruption: 0.01"
    ),
  ])
  func `links that make no sense are refused`(network: String, refusal: String) {
    #expect(self.refusal(network: network) == refusal)
  }

  private static let rhythm = "every: \"1s\", lasts: [\"1ms\", \"2ms\"]"

  @Test func `domains and scopes are read, and shapes are the plain ones unless said`() throws {
    let profile = try scenario(
      faults: """
        { domains: [["n1", "n2"], ["n3"]],
          partition: { \(Self.rhythm) }, crash: { \(Self.rhythm), scope: "domain" },
          clog: { \(Self.rhythm) } }
        """
    ).profile
    #expect(profile.domains == [[NodeID(0), NodeID(1)], [NodeID(2)]])
    #expect(
      profile.entries.map(\.parameters)
        == [
          FaultParameters(.cut, with: ["shapes": .names(["split", "isolate", "one-way"])]),
          FaultParameters(.crash, with: ["scope": .text("domain")]), FaultParameters(.clog),
        ])
  }

  @Test(arguments: [
    ("domains: [[]]", "a domain needs at least one node"),
    ("domains: [[\"n1\", \"n1\"]]", "n1 is in this list twice"),
    (
      "crash: { \(rhythm), scope: \"domain\" }",
      "scope \"domain\" needs domains; such as domains: [[\"n1\", \"n2\"], [\"n3\"]] under faults"
    ),
    (
      "max_down: 1, domains: [[\"n1\", \"n2\"]], crash: { \(rhythm), scope: \"domain\" }",
      "every domain has more servers than may be down; max_down is 1"
    ),
    ("clog: { \(rhythm), scope: \"node\" }", "unknown key \"scope\""),
    (
      "partition: { \(rhythm), shapes: [\"zone\"] }",
      "shape \"zone\" needs domains; such as domains: [[\"n1\", \"n2\"], [\"n3\"]] under faults"
    ),
  ])
  func `faults that could not happen are refused`(faults: String, refusal: String) {
    #expect(self.refusal(faults: "{ \(faults) }").hasPrefix(refusal))
  }

  @Test func `rings and bridges need enough servers`() {
    func faults(_ shape: String) -> String {
      "{ partition: { \(Self.rhythm), shapes: [\"\(shape)\"] } }"
    }
    #expect(
      refusal(faults: faults("ring"), servers: 3)
        == "shape \"ring\" needs at least 4 servers; there are 3")
    #expect(refusal(faults: faults("bridge"), servers: 3) == "accepted")
  }

  @Test func `scripts name sides, circles, leaders and periods`() throws {
    let everyone = (0..<6).map { NodeID($0) }
    func cut(_ shape: CutFault.Shape, _ group: [Int], _ others: [Int]) -> Fault {
      .cut(
        CutFault(
          shape: shape, group: group.map { everyone[$0] }, others: others.map { everyone[$0] }))
    }
    let partition = "do: \"partition\", shape:"
    #expect(
      try script("\(partition) \"bridge\", group: [\"n1\"], others: [\"n3\"]").map(\.fault)
        == [cut(.bridge, [0], [2])])
    #expect(
      try script("\(partition) \"ring\", group: [\"n1\", \"n3\", \"n2\", \"n4\"]").map(\.fault)
        == [cut(.ring, [0, 2, 1, 3], [])])
    #expect(
      try script("\(partition) \"isolate-leader\"").map(\.fault)
        == [cut(.isolateLeader, [0], [1, 2, 3, 4, 5])])
    let flaps = try script("\(partition) \"flapping\", group: [\"n2\"], period: \"4ms\"")
    #expect(flaps.map(\.lasts) == [.milliseconds(2), .milliseconds(2), .milliseconds(2)])
    #expect(flaps.map { $0.begins - .start }.map { $0.count / 1_000_000 } == [100, 104, 108])
    let clog = try script("do: \"clog\", group: [\"n6\"], others: [\"n1\"], one_way: true")
    #expect(
      clog.map(\.fault)
        == [.clog(ClogFault(group: [everyone[5]], others: [everyone[0]], isOneWay: true))])
  }

  @Test(arguments: [
    ("shape: \"swizzle\", group: [\"n1\"]", "swizzle can only be drawn"),
    ("shape: \"flapping\", group: [\"n1\"]", "missing key \"period\""),
    ("shape: \"bridge\", group: [\"n1\"]", "missing key \"others\""),
    (
      "shape: \"flapping\", group: [\"n1\"], period: \"1us\"",
      "period must be at least two microseconds"
    ),
    ("shape: \"split\", group: [\"n1\"], period: \"1ms\"", "only flapping has a period"),
  ])
  func `scripts that leave something open are refused`(line: String, refusal: String) {
    let script = "{ script: [{ at: \"1ms\", for: \"1ms\", do: \"partition\", \(line) }] }"
    #expect(self.refusal(faults: script).hasPrefix(refusal))
  }
}
