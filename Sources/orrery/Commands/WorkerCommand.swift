import Catalog
import Determinism
import Exploration
import Foundation
import Reporting
import Simulation

/// `orrery worker`: the child process of campaigns and comparisons.
///
/// Reads one request a line and answers each, in order, on stdout:
/// `run SCENARIO-NUMBER SEED` with a run report as JSON, `digests SCENARIO-NUMBER SEED` with the
/// running digest after every event in hexadecimal, `canary SCENARIO-NUMBER SEED DEFECT` with the
/// report of a run with a planted bug, `event SCENARIO-NUMBER SEED NUMBER` with one
/// event as tab-separated fields, `ablate SCENARIO-NUMBER SEED NANOSECONDS` with the troubles that
/// a failing run needs from then on. A dot at the end asks for an empty line behind the answer, because
/// long lines arrive in pieces. Ends when its input does. `--ballast N` holds N blocks of memory of
/// odd sizes, so that everything else comes to lie elsewhere.
struct WorkerCommand {
  let context: CommandContext

  func run() throws(CommandFailure) -> ExitCode {
    var files: [ScenarioFile] = []
    for reference in context.arguments.words { files.append(try ScenarioFile(reference)) }
    let ballast = (0..<(context.arguments.integer("ballast") ?? 0)).map {
      [UInt8](repeating: 0, count: $0 % 97 + 1)
    }
    defer { withExtendedLifetime(ballast) {} }
    while let line = readLine() {
      let words = line.split(separator: " ").map(String.init)
      guard words.count >= 3, let number = Int(words[1]), files.indices.contains(number),
        let seed = UInt64(words[2])
      else {
        throw CommandFailure("orrery worker: cannot understand \"\(line)\"\n", .usage)
      }
      context.print(answer(words, files[number], seed))
      if words.last == "." { context.print() }
    }
    return .clean
  }

  private func answer(_ words: [String], _ file: ScenarioFile, _ seed: UInt64) -> String {
    switch words[0] {
    case "digests":
      let digests = file.experiment.run(seed: seed, recording: .digests).recorder.digests
      return digests.map { String($0, radix: 16) }.joined(separator: " ")
    case "event":
      let events = file.experiment.run(seed: seed, recording: .events).recorder.events
      let position = (words.count > 3 ? Int(words[3]) ?? 1 : 1) - 1
      let isThere = events.indices.contains(position)
      return (isThere ? EventFields(events[position]) : EventFields.none).line
    case "canary":
      let defects = words.dropFirst(3).filter { $0 != "." }
      // The scenario was understood before, so planting a bug in it cannot fail.
      let planted = try? OrreryCatalog.experiment(for: file.scenario, planting: defects)
      return StableJSON.line(RunReport((planted ?? file.experiment).run(seed: seed).outcome))
    case "ablate":
      let since = Instant(nanosecondsSinceStart: words.count > 3 ? UInt64(words[3]) ?? 0 : 0)
      let record = file.experiment.run(seed: seed)
      return record.outcome.finding.map { finding in
        StableJSON.line(
          AblationReport(Ablation(of: finding, in: record, of: file.experiment, since: since)))
      } ?? "null"
    default:
      return StableJSON.line(RunReport(file.experiment.run(seed: seed).outcome))
    }
  }
}
