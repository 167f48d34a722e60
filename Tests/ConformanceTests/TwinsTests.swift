import Exploration
import Simulation
import Testing

/// Two copies of a server under one identity.
@Suite struct TwinsTests {
  @Test func `messages reach either copy, about half of them each`() throws {
    let experiment = try Repository.experiment(named: "raft/outside/twins")
    var toCopies = 0
    var runs = 0
    for seed in UInt64(1)...30 {
      let outcome = experiment.run(seed: seed).outcome
      let count = { (name: String) in outcome.faults.first { $0.name == name }?.count ?? 0 }
      #expect(count("twins") <= 1, "seed \(seed)")
      toCopies += count("messages-to-twins")
      runs += count("twins")
    }
    #expect(runs > 20)
    #expect(toCopies > 100)
  }

  @Test func `what twins break is beyond the contract, and says so`() throws {
    let experiment = try Repository.experiment(named: "raft/outside/twins")
    let findings = (UInt64(1)...60).compactMap { experiment.run(seed: $0).outcome.finding }
    #expect(!findings.isEmpty)
    #expect(findings.contains { $0.breach == "a twin of n1" })
  }

  @Test func `a world with twins repeats bit for bit`() throws {
    let experiment = try Repository.experiment(named: "raft/outside/twins")
    for seed in UInt64(1)...10 {
      let first = experiment.run(seed: seed).outcome.digest
      #expect(experiment.run(seed: seed, recording: .events).outcome.digest == first)
    }
  }
}
