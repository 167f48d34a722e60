import Determinism
import Histories
import ProtocolKit
import Testing

private enum Alarm: UInt64 {
  case morning = 6
  case evening = 18
}

struct EffectsTests {
  private func sink(
    node: Int = 0, seed: UInt64 = 1, journalEnd: UInt64 = 0, choices: UInt64 = 0,
    operations: Int = 0, isNarrated: Bool = false
  ) -> Effects<Letter> {
    var effects = Effects<Letter>(isNarrated: isNarrated)
    effects.begin(
      Effects.Circumstances(
        node: NodeID(node), now: LocalTime(nanoseconds: 50),
        wallClock: LocalTime(nanoseconds: -3), journalEnd: JournalPosition(journalEnd),
        choiceCount: choices, operationCount: operations, randomness: Randomness(seed: seed)))
    return effects
  }

  @Test func `a choice depends on seed, node and the number of choices before, and nothing else`() {
    var first = sink(node: 2, seed: 7, choices: 3)
    var second = sink(node: 2, seed: 7, choices: 2, operations: 9, isNarrated: true)
    second.send(1, to: NodeID(0))
    _ = second.choose()
    #expect(first.choose() == second.choose(), "seed 7")
    #expect(first.choiceCount == 4 && second.choiceCount == 4)
    #expect(first.choose() == Randomness(seed: 7).draw(.nodeChoice, 2, 5))

    let choice = Randomness(seed: 7).draw(.nodeChoice, 2, 4)
    var otherNode = sink(node: 1, seed: 7, choices: 3)
    var otherSeed = sink(node: 2, seed: 8, choices: 3)
    #expect(otherNode.choose() != choice && otherSeed.choose() != choice)
  }

  @Test func `the end of the journal follows what is written and forgotten`() {
    var effects = sink(journalEnd: 10)
    let command = Word(7)
    #expect(effects.append(command) == JournalPosition(11))
    #expect(effects.append(command) == JournalPosition(12))
    effects.syncJournal()
    effects.truncateJournal(after: JournalPosition(4))
    #expect(effects.journalEnd == JournalPosition(4))
    effects.truncateJournal(after: JournalPosition(8))
    #expect(effects.journalEnd == JournalPosition(4))
    effects.compactJournal(through: JournalPosition(3))
    #expect(effects.append(command) == JournalPosition(5))
    #expect(effects.journalRequests.count == 7)
    guard case .append(let bytes) = effects.journalRequests[0] else {
      Issue.record("the first request is not the first record")
      return
    }
    #expect(bytes == [7])
  }

  @Test func `operations are numbered on from the history`() {
    var effects = sink(operations: 5)
    let invocation = Invocation(process: ProcessID(1), function: "read")
    #expect(effects.invoke(invocation) == OperationID(5))
    #expect(effects.invoke(invocation) == OperationID(6))
    effects.complete(OperationID(5), .fail)
    #expect(effects.clientEvents.count == 3)
  }

  @Test func `requests are kept in the order of asking`() {
    var effects = sink()
    effects.send(1, to: NodeID(4))
    effects.send(2, to: NodeID(3))
    effects.setTimer(Alarm.morning, after: .milliseconds(1))
    effects.cancelTimer(Alarm.evening)
    effects.mark("reached")
    #expect(effects.envelopes.map(\.message) == [1, 2])
    #expect(effects.envelopes.map(\.recipient) == [NodeID(4), NodeID(3)])
    #expect(effects.timerRequests.map(\.timer) == [6, 18])
    #expect(effects.timerRequests.map(\.delay) == [.milliseconds(1), nil])
    #expect(effects.marks.map(\.description) == ["reached"])
  }

  @Test func `only a narrated sink composes and keeps notes`() {
    var composed = 0
    func text() -> Sentence {
      composed += 1
      return "a note"
    }
    var silent = sink()
    silent.note(text())
    #expect(silent.notes.isEmpty && composed == 0)
    var narrated = sink(isNarrated: true)
    narrated.note(text())
    #expect(Array(narrated.notes) == ["a note"] && composed == 1)
  }

  @Test func `an emptied sink asks for nothing and knows the new circumstances`() {
    var effects = sink(isNarrated: true)
    effects.send(1, to: NodeID(0))
    effects.setTimer(Alarm.morning, after: .zero)
    effects.syncJournal()
    _ = effects.invoke(Invocation(process: ProcessID(1), function: "read"))
    effects.mark("reached")
    effects.note("told")
    effects.removeAll()
    #expect(effects.envelopes.isEmpty && effects.timerRequests.isEmpty)
    #expect(effects.journalRequests.isEmpty && effects.clientEvents.isEmpty)
    #expect(effects.marks.isEmpty && effects.notes.isEmpty)
    #expect(effects.now == LocalTime(nanoseconds: 50))
    #expect(effects.wallClock == LocalTime(nanoseconds: -3))
  }
}

/// A record of one number.
private struct Word: BinaryCodable {
  let number: UInt64

  init(_ number: UInt64) {
    self.number = number
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    number = try reader.readNumber()
  }

  func encode(into writer: inout ByteWriter) {
    writer.write(number)
  }
}
