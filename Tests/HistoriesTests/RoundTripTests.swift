import Determinism
import Histories
import Testing

/// What is written can be read again, with as much left as the format can hold.
struct RoundTripTests {
  @Test func `Orrery's own format loses nothing`() throws {
    for seed: UInt64 in 1...300 {
      var source = RandomHistory(seed: seed)
      let history = source.make()
      let text = HistoryWriter.write(history, format: .ndjson, model: "m\(seed)\"")
      let copy = try HistoryReader.readFile(Array(text.utf8))
      #expect(copy.history.operations == history.operations, "seed \(seed)")
      #expect(copy.history.eventCount == history.eventCount)
      #expect(copy.suggestedModel == "m\(seed)\"")
    }
  }

  @Test func `EDN loses what Jepsen's conventions leave out`() throws {
    for seed: UInt64 in 1...300 {
      var source = RandomHistory(seed: seed)
      let history = source.make()
      let text = HistoryWriter.write(history, format: .edn)
      let copy = try HistoryReader.read(text, format: .edn)
      #expect(
        copy.operations.map(withoutProcess)
          == history.operations.map { withoutProcess(asJepsenHasIt($0)) }, "seed \(seed)")
      expectRetirement(of: copy)
    }
  }

  @Test func `JSON loses the difference between keywords and strings, too`() throws {
    for seed: UInt64 in 1...300 {
      var source = RandomHistory(seed: seed)
      let history = source.make()
      let text = HistoryWriter.write(history, format: .json)
      let copy = try HistoryReader.read(text, format: .json)
      #expect(
        copy.operations.map { withoutProcess(withoutKeywords($0)) }
          == history.operations.map { withoutProcess(withoutKeywords(asJepsenHasIt($0))) },
        "seed \(seed)")
      expectRetirement(of: copy)
    }
  }

  /// No process may invoke again after an unknown outcome: Knossos refuses such histories.
  private func expectRetirement(of history: History) {
    var retired: Set<ProcessID> = []
    for operation in history.operations {
      #expect(!retired.contains(operation.invocation.process))
      if operation.completion == .info { retired.insert(operation.invocation.process) }
    }
  }

  private func withoutProcess(_ operation: Operation) -> Operation {
    var operation = operation
    operation.invocation.process = ProcessID(0)
    return operation
  }

  /// A completion that returned or reported nothing repeats the value of its invocation.
  private func asJepsenHasIt(_ operation: Operation) -> Operation {
    var operation = operation
    let input = operation.invocation.input
    switch operation.completion {
    case .ok(.boolean(false)) where operation.invocation.function == "cas":
      operation.completion = .fail
      operation.partialResult = input
    case .ok(.none): operation.completion = .ok(input)
    case .ok: break
    case .fail, .info:
      if operation.completedAt != nil, operation.partialResult == .none {
        operation.partialResult = input
      }
    }
    return operation
  }

  private func withoutKeywords(_ operation: Operation) -> Operation {
    var operation = operation
    operation.invocation.key = withoutKeywords(operation.invocation.key)
    operation.invocation.input = withoutKeywords(operation.invocation.input)
    operation.partialResult = withoutKeywords(operation.partialResult)
    if case .ok(let result) = operation.completion {
      operation.completion = .ok(withoutKeywords(result))
    }
    return operation
  }

  /// Strings for keywords; names of micro-operations may come with a colon in front.
  private func withoutKeywords(_ value: Value) -> Value {
    switch value {
    case .keyword(let name): .text(name)
    case .text(let text): .text(text.hasPrefix(":") ? String(text.dropFirst()) : text)
    case .list(let values): .list(values.map(withoutKeywords))
    case .none, .boolean, .integer: value
    }
  }
}

/// Histories of sequential processes with values of every kind; equal seeds give equal histories.
struct RandomHistory {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  /// The generator splitmix64.
  private mutating func below(_ bound: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var bits = state
    bits = (bits ^ bits >> 30) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ bits >> 27) &* 0x94d0_49bb_1331_11eb
    return Int((bits ^ bits >> 31) % UInt64(bound))
  }

  mutating func make() -> History {
    var history = History()
    var open: [(process: Int64, id: OperationID)] = []
    var time: UInt64 = 0
    let hasTimes = below(2) == 0
    for _ in 0..<below(30) {
      time += UInt64(below(1000)) * (below(50) == 0 ? 1 << 50 : 1)
      let instant = hasTimes && below(5) > 0 ? Instant(nanosecondsSinceStart: time) : nil
      let process = Int64(below(4)) - 1
      if let place = open.firstIndex(where: { $0.process == process }) {
        let completion: Completion = [.ok(value()), .ok(.boolean(false)), .fail, .info][below(4)]
        let isOK = if case .ok = completion { true } else { false }
        history.complete(
          open.remove(at: place).id, completion, at: instant,
          partialResult: isOK || below(2) == 0 ? .none : value())
      } else {
        let function = ["read", "cas", "txn", "a b", "é\u{0}"][below(5)]
        let invocation = Invocation(
          process: ProcessID(process), function: function,
          key: below(2) == 0 ? .none : value(), input: value())
        open.append((process, history.invoke(invocation, at: instant)))
      }
    }
    return history
  }

  private static let texts = [
    "", ":a", "'b'", "\"\\\n\r\t\u{7F}\u{2028}", "é😀", "nil", "{:a 1}",
  ]

  private mutating func value(depth: Int = 0) -> Value {
    switch below(depth < 3 ? 7 : 5) {
    case 0: .none
    case 1: .boolean(below(2) == 0)
    case 2: .integer([0, -1, 7, .max, .min][below(5)])
    case 3: .text(Self.texts[below(Self.texts.count)])
    case 4: .keyword(["a", "x/y", "w", "é", "+1"][below(5)])
    default: .list((0..<below(4)).map { _ in value(depth: depth + 1) })
    }
  }
}
