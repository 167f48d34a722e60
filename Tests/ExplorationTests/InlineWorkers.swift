import TestKit

@testable import Exploration

/// Workers without processes: questions wait until the dice choose whose turn it is.
struct InlineWorkers: WorkerPool {
  private let scenarios: [ScenarioUnderTest]
  /// Seeds whose runs kill their worker.
  private let deadly: Set<UInt64>
  private var dice: Dice
  private var questions: [(worker: Int, open: [Question], isDismissed: Bool)] = []
  private var started = 0
  private var isStopped = false

  init(_ scenarios: [ScenarioUnderTest], deadly: Set<UInt64> = [], order: UInt64 = 1) {
    self.scenarios = scenarios
    self.deadly = deadly
    dice = Dice(seed: order)
  }

  mutating func start() -> Int {
    started += 1
    questions.append((started, [], false))
    return started
  }

  mutating func ask(_ question: Question, of worker: Int) {
    guard let place = questions.firstIndex(where: { $0.worker == worker }) else { return }
    questions[place].open.append(question)
  }

  mutating func dismiss(_ worker: Int) {
    guard let place = questions.firstIndex(where: { $0.worker == worker }) else { return }
    questions[place].isDismissed = true
  }

  mutating func stop() { isStopped = true }

  mutating func wait() -> [WorkerEvent] {
    if isStopped {
      defer { questions = [] }
      return questions.map { .left(worker: $0.worker) }
    }
    guard !questions.isEmpty else { return [] }
    let place = dice.below(questions.count)
    let worker = questions[place].worker
    guard let question = questions[place].open.first else {
      guard questions[place].isDismissed else { return [] }
      questions.remove(at: place)
      return [.left(worker: worker)]
    }
    if deadly.contains(question.seed) {
      questions.remove(at: place)
      return [.died(worker: worker, signal: 5)]
    }
    questions[place].open.removeFirst()
    return [.answered(worker: worker, scenarios[question.scenario].answer(question))]
  }
}
