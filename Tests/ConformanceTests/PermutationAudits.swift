import Text
import Catalog
import SystemKit
import Exploration
import Scenarios
import TestKit
import Testing

/// Which server bears which name changes no verdict.
@Suite(.enabled(if: isAuditing)) struct PermutationAudits {
  static let orders = [[1, 2, 3], [1, 3, 2], [2, 1, 3], [2, 3, 1], [3, 1, 2], [3, 2, 1]]

  /// A script that hits each server in its own way, with the servers named in an order.
  private func scenario(_ order: [Int]) throws -> Scenario {
    let names = order.map { "\"n\($0)\"" }
    let text = """
      {
        orrery: 1, name: "permuted", summary: "Scripted trouble.",
        system: { protocol: "raft", roles: { server: 3 } },
        clients: { workload: "key-value", count: 3, operations: 1000 },
        network: { delay: { kind: "exponential", shortest: "200us", mean: "1ms" } },
        faults: {
          script: [
            { at: "300ms", for: "400ms", do: "partition", shape: "isolate", group: [\(names[0])] },
            { at: "800ms", for: "200ms", do: "crash", node: \(names[1]) },
            { at: "1200ms", for: "300ms", do: "power-loss", node: \(names[2]) },
            { at: "1600ms", for: "300ms", do: "pause", node: \(names[0]) },
          ],
        },
        phases: { chaos: "2s", quiet: "1s" },
      }
      """
    return try Scenario(SourceText(text, file: "permuted"))
  }

  @Test(arguments: orders)
  func `a clean system stays clean`(order: [Int]) throws {
    let experiment = try OrreryCatalog.systems.experiment(for: scenario(order))
    for seed in UInt64(1)...10 {
      let outcome = experiment.run(seed: seed).outcome
      #expect(outcome.verdict == .valid, "seed \(seed) of order \(order): \(outcome.verdict)")
    }
  }

  @Test(arguments: orders)
  func `a planted bug stays visible`(order: [Int]) throws {
    let experiment = try OrreryCatalog.systems.experiment(
      for: scenario(order), planting: ["raft-ack-before-fsync"])
    let found = (UInt64(1)...10).contains {
      experiment.run(seed: $0).outcome.finding?.property == "durability"
    }
    #expect(found, "order \(order)")
  }
}
