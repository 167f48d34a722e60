import Determinism
import Histories

/// What a client is going to ask.
struct Call {
  let function: String
  var key = Value.none
  var input = Value.none
}

/// Histories of overlapping clients of a correct object, about half of them spoilt.
///
/// Clients crash before or after their operation takes effect, and fail. In a spoilt history some
/// results are not what the object returned, some effects are forgotten, and some operations fail
/// although they took effect.
struct ClientRuns<State: Sendable>: Sendable {
  let state: State
  var clients = 3
  var operations = 8
  var crashPercent = 25
  /// How many histories are spoilt.
  var spoiltPercent = 60
  /// How many results are spoilt in those.
  var wrongPercent = 30
  /// What to ask next.
  let call: @Sendable (inout State, inout SplitMix) -> Call
  /// What is asked at the end, one after the other.
  var finale: [Call] = []
  /// Carries an operation out; returns its result, or nil if it fails.
  let apply: @Sendable (inout State, Invocation) -> Value?
  /// Another result that a client could imagine.
  let spoil: @Sendable (Value, Invocation, inout SplitMix) -> Value

  /// The history of a seed.
  func make(seed: UInt64) -> History {
    var run = ClientRun(runs: self, seed: seed)
    return run.make()
  }
}

private struct ClientRun<State: Sendable> {
  private struct Open {
    let id: OperationID
    let client: Int
    var isDone = false
    var result: Value?
  }

  private let runs: ClientRuns<State>
  private var state: State
  private var random: SplitMix
  private var history = History()
  private var open: [Open] = []
  /// The process of each client; a crash replaces it.
  private var processes: [Int64]
  private var isSpoilt: Bool

  init(runs: ClientRuns<State>, seed: UInt64) {
    self.runs = runs
    state = runs.state
    random = SplitMix(seed: seed)
    processes = (0..<Int64(runs.clients)).map { $0 }
    isSpoilt = random.chance(runs.spoiltPercent)
  }

  private var now: Instant { Instant(nanosecondsSinceStart: UInt64(history.eventCount) * 1_000) }

  mutating func make() -> History {
    let total = 1 + random.below(runs.operations)
    while history.operations.count < total || !open.isEmpty {
      if history.operations.count < total, open.count < runs.clients, random.chance(50) {
        invoke(runs.call(&state, &random))
      } else if !open.isEmpty {
        step(random.below(open.count))
      }
    }
    for call in runs.finale {
      invoke(call)
      apply(0)
      complete(0)
    }
    return history
  }

  private mutating func invoke(_ call: Call) {
    let free = processes.indices.filter { client in !open.contains { $0.client == client } }
    let client = free[random.below(free.count)]
    let invocation = Invocation(
      process: ProcessID(processes[client]), function: call.function, key: call.key,
      input: call.input)
    open.append(Open(id: history.invoke(invocation, at: now), client: client))
  }

  private mutating func step(_ place: Int) {
    if random.chance(runs.crashPercent / 2) {
      crash(place)
    } else if open[place].isDone {
      complete(place)
    } else {
      apply(place)
    }
  }

  private mutating func crash(_ place: Int) {
    let crashed = open.remove(at: place)
    if !crashed.isDone && random.chance(50) {
      history.complete(crashed.id, .fail, at: now)
      return
    }
    if random.chance(70) {
      let learned = random.chance(50) ? crashed.result ?? .none : .none
      history.complete(crashed.id, .info, at: now, partialResult: learned)
    }
    processes[crashed.client] += Int64(runs.clients)
  }

  private mutating func apply(_ place: Int) {
    let invocation = history.operations[open[place].id.position].invocation
    var forgotten = state
    open[place].isDone = true
    if isSpoilt && random.chance(8) {
      open[place].result = runs.apply(&forgotten, invocation)
    } else {
      open[place].result = runs.apply(&state, invocation)
    }
  }

  private mutating func complete(_ place: Int) {
    let finished = open.remove(at: place)
    let invocation = history.operations[finished.id.position].invocation
    guard var result = finished.result, !(isSpoilt && random.chance(5)) else {
      history.complete(finished.id, .fail, at: now, partialResult: finished.result ?? .none)
      return
    }
    if isSpoilt && random.chance(runs.wrongPercent) {
      result = runs.spoil(result, invocation, &random)
    }
    history.complete(finished.id, .ok(result), at: now)
  }
}

extension SplitMix {
  /// One of some elements, of which there is at least one.
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

  /// A list with an element removed, added, changed or moved.
  mutating func disturb(_ list: [Value], with strangers: [Value]) -> [Value] {
    var list = list
    switch below(4) {
    case 0 where !list.isEmpty: list.remove(at: below(list.count))
    case 1 where !list.isEmpty: list[below(list.count)] = pick(strangers)
    case 2 where list.count > 1: list.swapAt(below(list.count), below(list.count))
    default: list.insert(pick(strangers), at: below(list.count + 1))
    }
    return list
  }
}

extension Value {
  /// The elements of a list, none for any other value.
  var list: [Value] {
    if case .list(let elements) = self { elements } else { [] }
  }

  /// A whole number; zero for any other value.
  var number: Int64 {
    if case .integer(let number) = self { number } else { 0 }
  }
}
