/// The scenario that benchmarks run: kept here so that they need no file and never change silently.
enum BenchmarkScenario {
  /// The same on disks of sectors.
  static var onSectors: String {
    let parts = text.split(separator: "disk: {", maxSplits: 1)
    return parts.joined(separator: "disk: { model: \"sectors\",")
  }

  static let text = """
    {
      orrery: 1,
      name: "benchmark",
      summary: "Raft with everything on.",
      system: {
        protocol: "raft",
        roles: { server: 3 },
        options: { election_timeout: "150ms", heartbeat: "50ms", max_entries_per_append: 16 },
      },
      clients: {
        workload: "key-value", count: 4, operations: 2000, keys: 3,
        mix: { read: 2, write: 1, cas: 1 },
        think: ["1ms", "30ms"], timeout: "250ms", retry: "same-identity",
      },
      network: {
        delay: { kind: "exponential", shortest: "200us", mean: "1ms" },
        loss: 0.05, duplication: 0.05, reordering: 0.05, hold_back: "200ms",
      },
      disk: { sync: { kind: "exponential", shortest: "50us", mean: "500us" } },
      clocks: { offset: "500ms", drift_ppb: 200000 },
      faults: {
        swarm: true,
        victims: "all",
        max_down: 1,
        partition: { every: "600ms", lasts: ["50ms", "800ms"] },
        crash: { every: "800ms", lasts: ["10ms", "500ms"] },
        "power-loss": { every: "800ms", lasts: ["10ms", "500ms"] },
        pause: { every: "500ms", lasts: ["10ms", "600ms"] },
        clock: { every: "700ms", lasts: ["50ms", "1s"], drift_ppb: 100000000, step: "1s" },
      },
      phases: { chaos: "3s", quiet: "1500ms" },
      check: {
        always: ["invariants", "linearizable"],
        eventually: ["progress"],
        sometimes: ["leader-elected", "leader-stepped-down", "entries-truncated", "client-retried", "log-conflict"],
      },
    }
    """
}
