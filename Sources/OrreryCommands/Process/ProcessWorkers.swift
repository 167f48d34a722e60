import Determinism
import Exploration
import Foundation
import Reporting

/// Workers in processes of their own, which talk in lines of JSON.
///
/// A question is one line on a worker's stdin, an answer one line on its stdout with an empty line
/// behind it, because long lines arrive in pieces.
struct ProcessWorkers: WorkerPool {
  /// What surrounds a worker and must not change what it finds out.
  struct Surroundings {
    let name: String
    /// The program to run; this very one if nil.
    var program: String?
    /// Whether the process hashes with a fixed seed instead of one of its own.
    var fixesHashSeed = false
    /// How many odd blocks of memory the process holds, so that addresses differ.
    var ballast = 0

    /// Another process of this program and nothing else.
    static let plain = Surroundings(name: "another process")
  }

  /// What a caller wants when somebody asks the process to stop.
  enum Interruption {
    /// To go on waiting; it looks for itself.
    case ignored
    /// To give up at once.
    case thrown
  }

  private struct Worker {
    let number: Int
    var openQuestions = 0
    var isDismissed = false
    var pieces = ""
    var lastSign = Date()
  }

  /// How long an answer may take before its worker is taken for hung, in seconds.
  private let patience: TimeInterval

  private let words: [String]
  private let surroundings: Surroundings
  private let interruption: Interruption
  private var pool = ChildPool()
  private var workers: [Worker] = []
  private var isStopping = false

  /// Creates a pool whose workers know the scenarios of some files.
  init(
    _ files: [ScenarioFile], in surroundings: Surroundings = .plain,
    interruption: Interruption = .thrown, patience: Nanoseconds? = nil
  ) {
    self.patience = patience.map { TimeInterval($0.count) / 1e9 } ?? 120
    let folder = files.first.map { ["--scenarios", $0.folder] } ?? []
    words = ["worker"] + files.map(\.reference) + folder
    self.surroundings = surroundings
    self.interruption = interruption
    // A backtrace of every trap would bury the campaign; `replay` shows the one that matters.
    setenv("SWIFT_BACKTRACE", "enable=no", 0)
  }

  mutating func start() throws(CommandFailure) -> Int {
    let ballast = surroundings.ballast > 0 ? ["--ballast", "\(surroundings.ballast)"] : []
    let words = words + ballast
    if surroundings.fixesHashSeed { setenv("SWIFT_DETERMINISTIC_HASHING", "1", 1) }
    defer { if surroundings.fixesHashSeed { unsetenv("SWIFT_DETERMINISTIC_HASHING") } }
    let child: ChildProcess
    do throws(ProcessError) {
      child =
        if let program = surroundings.program {
          try ChildProcess.spawn(program, words)
        } else {
          try ChildProcess.spawnSelf(words)
        }
    } catch {
      throw CommandFailure("\(Program.name): cannot start a worker: \(error)\n", .internalError)
    }
    workers.append(Worker(number: pool.add(child)))
    return workers[workers.count - 1].number
  }

  mutating func ask(_ question: Question, of worker: Int) {
    guard let index = workers.firstIndex(where: { $0.number == worker }) else { return }
    if workers[index].openQuestions == 0 { workers[index].lastSign = Date() }
    workers[index].openQuestions += 1
    // Whether it still reads shows soon enough: its end is an event.
    _ = pool.process(worker)?.send(StableJSON.line(question))
  }

  mutating func dismiss(_ worker: Int) {
    guard let index = workers.firstIndex(where: { $0.number == worker }) else { return }
    workers[index].isDismissed = true
    pool.process(worker)?.closeInput()
  }

  mutating func stop() {
    isStopping = true
    pool.signal(SIGKILL)
  }

  mutating func wait() throws(CommandFailure) -> [WorkerEvent] {
    var events: [WorkerEvent] = []
    for event in pool.wait(milliseconds: 50) {
      switch event {
      case .line(let child, let line):
        if let answer = try accept(line, from: child) { events.append(answer) }
      case .errorLine: break
      case .ended(let child, let exit): events.append(try bury(child, exit))
      }
    }
    if interruption == .thrown, let interrupted = Interrupt.exitCode {
      throw CommandFailure("", interrupted)
    }
    killHungWorkers()
    return events
  }

  private mutating func accept(
    _ line: String, from child: Int
  ) throws(CommandFailure) -> WorkerEvent? {
    guard let index = workers.firstIndex(where: { $0.number == child }) else { return nil }
    guard line.isEmpty else {
      workers[index].pieces += line
      return nil
    }
    let text = workers[index].pieces
    guard workers[index].openQuestions > 0,
      let answer = StableJSON.read(text, as: Answer.self)
    else {
      throw CommandFailure(
        "\(Program.name): a worker said \"\(text.prefix(200))\"; is it another version of orrery?\n",
        .internalError)
    }
    workers[index].pieces = ""
    workers[index].openQuestions -= 1
    workers[index].lastSign = Date()
    return .answered(worker: child, answer)
  }

  private mutating func bury(_ child: Int, _ exit: ChildExit) throws(CommandFailure) -> WorkerEvent
  {
    guard let index = workers.firstIndex(where: { $0.number == child }) else {
      return .left(worker: child)
    }
    let worker = workers.remove(at: index)
    switch exit {
    case .signal(let signal) where !isStopping: return .died(worker: child, signal: signal)
    case .code where worker.openQuestions > 0 && !isStopping:
      throw CommandFailure("\(Program.name): a worker ended without an answer\n", .internalError)
    case .code where !worker.isDismissed && !isStopping:
      throw CommandFailure("\(Program.name): a worker ended by itself\n", .internalError)
    case .code, .signal: return .left(worker: child)
    }
  }

  private func killHungWorkers() {
    for worker in workers
    where worker.openQuestions > 0 && Date().timeIntervalSince(worker.lastSign) > patience {
      pool.process(worker.number)?.signal(SIGXCPU)
    }
  }
}
