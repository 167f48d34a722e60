import Scenarios
import Determinism
import Foundation
import Reporting
import Simulation

/// The seeds of a campaign, spread over child processes; a child that dies is a finding.
struct Campaign {
  /// Which seeds a campaign has: the nth is a function of n alone, whatever the number of jobs.
  enum Seeds {
    /// Drawn from a base seed.
    case drawn(from: UInt64)
    /// All of a range.
    case range(ClosedRange<UInt64>)

    func seed(_ ordinal: UInt64) -> UInt64? {
      switch self {
      case .drawn(let base): Randomness(seed: base).draw(.campaign, 0, ordinal).bits
      case .range(let range):
        ordinal <= range.upperBound - range.lowerBound ? range.lowerBound + ordinal : nil
      }
    }
  }

  /// A run that a worker was asked for.
  struct Assignment {
    let ordinal: UInt64
    let scenario: Int
    let seed: UInt64
  }

  /// How many runs a worker knows ahead; enough to keep it busy while the parent sleeps.
  private static let lookahead = 4
  /// How long a run may take before its worker is taken for hung, in seconds.
  private static let patience: TimeInterval = 120

  private struct Worker {
    var assignments: [Assignment] = []
    var lastSign: Date
  }

  private let files: [ScenarioFile]
  private let seeds: Seeds
  private let runLimit: UInt64
  private var pool = ChildPool()
  private var workers: [(number: Int, worker: Worker)] = []
  private var returned: [Assignment] = []
  private var nextOrdinal: UInt64 = 0
  private var isStopping = false

  /// Creates a campaign of at most `runLimit` runs, each scenario in turn.
  init(_ files: [ScenarioFile], seeds: Seeds, runLimit: UInt64, jobs: Int) throws(CommandFailure) {
    self.files = files
    self.seeds = seeds
    self.runLimit = runLimit
    // A backtrace of every trap would bury the campaign; `replay` shows the one that matters.
    setenv("SWIFT_BACKTRACE", "enable=no", 0)
    for _ in 0..<jobs { try startWorker() }
  }

  /// Runs until the seeds are used up or `isEnough` says so; hands out every report as it comes.
  mutating func run(
    isEnough: () -> Bool, _ receive: (RunReport, Assignment) -> Void
  ) throws(CommandFailure) {
    while !workers.isEmpty {
      if !isStopping, isEnough() { stop() }
      for index in workers.indices { assign(index) }
      for event in pool.wait(milliseconds: 50) {
        switch event {
        case .line(let child, let line): try accept(line, from: child, receive)
        case .errorLine: break
        case .ended(let child, let exit): try bury(child, exit, receive)
        }
      }
      killHungWorkers()
    }
  }

  /// Ends every worker; the runs that they are at do not count.
  private mutating func stop() {
    isStopping = true
    pool.signal(SIGKILL)
  }

  private mutating func startWorker() throws(CommandFailure) {
    do throws(ProcessError) {
      let child = try ChildProcess.spawnSelf(["worker"] + files.map(\.reference))
      workers.append((pool.add(child), Worker(lastSign: Date())))
    } catch {
      throw CommandFailure("orrery: cannot start a worker: \(error)\n", .internalError)
    }
  }

  private mutating func nextAssignment() -> Assignment? {
    if let assignment = returned.popLast() { return assignment }
    guard nextOrdinal < runLimit else { return nil }
    let count = UInt64(files.count)
    guard let seed = seeds.seed(nextOrdinal / count) else { return nil }
    defer { nextOrdinal += 1 }
    return Assignment(ordinal: nextOrdinal, scenario: Int(nextOrdinal % count), seed: seed)
  }

  private mutating func assign(_ index: Int) {
    guard !isStopping, let child = pool.process(workers[index].number) else { return }
    while workers[index].worker.assignments.count < Self.lookahead {
      guard let assignment = nextAssignment() else { break }
      if workers[index].worker.assignments.isEmpty { workers[index].worker.lastSign = Date() }
      workers[index].worker.assignments.append(assignment)
      _ = child.send("run \(assignment.scenario) \(assignment.seed)")
    }
    if workers[index].worker.assignments.isEmpty { child.closeInput() }
  }

  private mutating func accept(
    _ line: String, from child: Int, _ receive: (RunReport, Assignment) -> Void
  ) throws(CommandFailure) {
    guard let index = workers.firstIndex(where: { $0.number == child }),
      !workers[index].worker.assignments.isEmpty,
      let report = StableJSON.read(line, as: RunReport.self)
    else {
      throw CommandFailure("orrery: a worker said \"\(line)\"\n", .internalError)
    }
    workers[index].worker.lastSign = Date()
    let assignment = workers[index].worker.assignments.removeFirst()
    if !isStopping { receive(report, assignment) }
  }

  /// A worker that dies takes the first run it has not answered with it; the others are returned.
  private mutating func bury(
    _ child: Int, _ exit: ChildExit, _ receive: (RunReport, Assignment) -> Void
  ) throws(CommandFailure) {
    guard let index = workers.firstIndex(where: { $0.number == child }) else { return }
    let assignments = workers.remove(at: index).worker.assignments
    guard !isStopping, let culprit = assignments.first else { return }
    guard case .signal(let signal) = exit else {
      throw CommandFailure("orrery: a worker ended without an answer\n", .internalError)
    }
    returned += assignments.dropFirst()
    let name = files[culprit.scenario].scenario.name
    receive(RunReport(trapIn: name, seed: culprit.seed, signal: signal), culprit)
    try startWorker()
  }

  private func killHungWorkers() {
    for (number, worker) in workers
    where !worker.assignments.isEmpty && Date().timeIntervalSince(worker.lastSign) > Self.patience {
      pool.process(number)?.signal(SIGXCPU)
    }
  }
}
