import Catalog
import Exploration
import Foundation
import Scenarios
import Simulation

let path = CommandLine.arguments[1]
let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
do {
  let scenario = try Scenario(SourceText(bytes: bytes, file: path))
  let experiment = try OrreryCatalog.experiment(for: scenario)
  let from = UInt64(CommandLine.arguments[2])!, count = UInt64(CommandLine.arguments[3])!
  let t = Date()
  var events: UInt64 = 0, ok = 0, runs = 0
  for seed in from..<(from + count) {
    let r = experiment.run(seed: seed, recording: count == 1 ? .events : .none)
    events += r.outcome.events; ok += r.outcome.operations.ok; runs += 1
    if count <= 3 || r.outcome.finding != nil {
      print(seed, r.outcome.verdict, r.outcome.digest, r.outcome.events, r.outcome.operations, r.outcome.finding?.property ?? "-", r.outcome.finding?.detail ?? "")
      if count == 1 { for e in r.recorder.events { print(e.id, e.instant, e.cause, e.text); for n in e.notes { print("      ", n) } }
      print(r.outcome.faults.counts, r.outcome.marks) }
    }
  }
  let s = Date().timeIntervalSince(t)
  print("runs", runs, "events", events, "ok", ok, "s", s, "Mev/s", Double(events) / s / 1e6)
} catch { print(error.render()) }
