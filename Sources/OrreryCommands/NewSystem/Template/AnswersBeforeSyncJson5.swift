// Written by scripts/embed-example.

extension SystemTemplate {
  /// `Scenarios/answers-before-sync.json5` of the example.
  static let answersBeforeSyncJson5 = File(
    path: "Scenarios/answers-before-sync.json5",
    text: #"""
      // The known bug, switched on: a campaign finds it.
      {
        orrery: 1,
        name: "answers-before-sync",
        summary: "The primary answers before its disk has what it promised; a loss of power takes it back.",
        system: { protocol: "primary-backup", roles: { server: 3 }, defects: ["answers-before-sync"] },
        clients: {
          workload: "key-value", count: 3, operations: 300, keys: 2,
          think: ["1ms", "20ms"], timeout: "200ms", retry: "same-identity",
        },
        network: {
          delay: { kind: "exponential", shortest: "200us", mean: "1ms" },
          loss: 0.03, duplication: 0.03, reordering: 0.05, hold_back: "50ms",
        },
        disk: { sync: { kind: "exponential", shortest: "100us", mean: "5ms" } },
        faults: {
          swarm: true, victims: "server", max_down: 1,
          partition: { every: "700ms", lasts: ["50ms", "300ms"] },
          crash: { every: "700ms", lasts: ["10ms", "200ms"] },
          "power-loss": { every: "700ms", lasts: ["10ms", "200ms"] },
        },
        phases: { chaos: "3s", quiet: "2s" },
        check: {
          always: ["invariants", "linearizable"],
          eventually: ["progress"],
          sometimes: ["client-retried"],
        },
        expect: { finding: ["linearizable", "backups-follow"] },
      }

      """#)
}
