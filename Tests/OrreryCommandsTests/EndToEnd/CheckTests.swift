import Foundation
import Reporting
import Testing

@testable import OrreryCommands

/// `orrery check` from outside, and the shape of what `bench` says.
@Suite struct CheckTests {
  private static let valid = """
    {:process 0, :type :invoke, :f :write, :value 1}
    {:process 0, :type :ok, :f :write, :value 1}
    {:process 1, :type :invoke, :f :read, :value nil}
    {:process 1, :type :ok, :f :read, :value 1}

    """
  private let workbench: Workbench

  init() throws { workbench = try Workbench() }

  @Test func `a history is judged from a file and from stdin`() throws {
    try workbench.write(Self.valid, to: "h.edn")
    let file = try workbench.orrery("check h.edn --model cas-register --json --timeout 5s")
    #expect(file.code == 0)
    #expect(try file.record()["verdict"] as? String == "valid")
    let input = Self.valid.replacing(":f :read, :value 1", with: ":f :read, :value 2")
    let stdin = try workbench.orrery("check - --json", input: input)
    #expect(stdin.code == 1)
    #expect(try stdin.record()["verdict"] as? String == "invalid")
    let text = try workbench.orrery("check -", input: input)
    #expect(text.output.contains("first impossible: process 1 read -> 2"))
  }

  @Test func `an empty history proves nothing`() throws {
    let result = try workbench.orrery("check - --json", input: "")
    #expect(result.code == 2)
    #expect(try result.record()["verdict"] as? String == "unknown")
  }

  @Test(arguments: [
    ("{:process 0", "", Int32(65), "-:1:1: error: this { is never closed"),
    (String(valid.split(separator: "\n")[1]), "", 65, "without having invoked it"),
    (valid, "--model cas-registr", 64, "did you mean \"cas-register\"?"),
    (valid, "--timeout 5", 64, "did you mean \"5ms\" or \"5s\"?"),
  ])
  func `a mistake in a history or a model is named`(
    input: String, options: String, code: Int32, complaint: String
  ) throws {
    let result = try workbench.orrery("check - \(options)", input: input)
    #expect(result.code == code)
    #expect(result.errors.contains(complaint), "\(result.errors)")
  }

  @Test func `a bench report has stable names`() throws {
    let result = BenchCommand.Result(
      name: "event-loop", events_per_second: 12, ratio_to_reference: 0.5, slowdown: nil,
      bar: "any", meets_bar: true)
    let report = BenchCommand.Report(
      build: "release", reference_events_per_second: 24, benchmarks: [result])
    #expect(
      StableJSON.line(report) == """
        {"benchmarks":[{"bar":"any","events_per_second":12,"meets_bar":true,"name":"event-loop",\
        "ratio_to_reference":0.5}],"build":"release","reference_events_per_second":24,\
        "schema":"orrery/1"}
        """)
  }
}
