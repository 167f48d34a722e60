import Determinism
import Testing

@testable import ProtocolKit

/// Messages that wait for the disk, and journals that are read back.
@Suite struct PromiseGateTests {
  private struct Note: BinaryCodable {
    let text: String

    init(_ text: String) { self.text = text }

    init(from reader: inout ByteReader) throws(DecodingFailure) {
      guard try reader.readByte() == 7 else { throw reader.failure("a note") }
      text = "\(try reader.readByte())"
    }

    func encode(into writer: inout ByteWriter) {
      writer.write(byte: 7)
      writer.write(byte: UInt8(text) ?? 0)
    }
  }

  private let peer = NodeID(1)

  @Test func `a promise waits for what was written before it, and goes in order`() {
    var gate = PromiseGate<Letter>()
    var effects = Effects<Letter>(isNarrated: false)
    gate.promise("at once", to: peer, &effects)
    #expect(effects.envelopes.map(\.message) == ["at once"])
    effects.append(Note("1"))
    gate.promise("first", to: peer, &effects)
    effects.append(Note("2"))
    gate.promise("second", to: peer, &effects)
    gate.promise("third", to: peer, &effects)
    #expect(effects.envelopes.count == 1)
    gate.open(through: JournalPosition(1), &effects)
    #expect(effects.envelopes.map(\.message) == ["at once", "first"])
    gate.open(through: JournalPosition(2), &effects)
    #expect(effects.envelopes.map(\.message) == ["at once", "first", "second", "third"])
    gate.promise("fourth", to: peer, &effects)
    #expect(effects.envelopes.count == 5)
  }

  @Test func `what is on the disk stays there when an older sync is reported late`() {
    var gate = PromiseGate<Letter>()
    var effects = Effects<Letter>(isNarrated: false)
    gate.open(through: JournalPosition(5), &effects)
    gate.open(through: JournalPosition(3), &effects)
    #expect(gate.synced == JournalPosition(5))
  }

  private func recovery(_ records: [[UInt8]]) -> Recovery {
    Recovery(
      records: records.enumerated().map { place, bytes in
        Recovery.Record(position: JournalPosition(UInt64(place + 1)), bytes: bytes)
      }, incarnation: 1)
  }

  @Test func `records are read back in their order, with their places`() throws {
    var seen: [String] = []
    try recovery([[7, 1], [7, 2]]).replay(Note.self) { note, position in
      seen.append("\(note.text) at \(position.count)")
      return nil
    }
    #expect(seen == ["1 at 1", "2 at 2"])
  }

  @Test(arguments: [
    ([8, 1], "expected a note"), ([7, 1, 1], "expected the end of the record"),
    ([7, 9], "expected anything but a nine"),
  ])
  func `a record that makes no sense is refused at its place`(
    bytes: [UInt8], reason: String
  ) {
    let failure = #expect(throws: RecoveryFailure.self) {
      try recovery([[7, 1], bytes]).replay(Note.self) { note, _ in
        note.text == "9" ? "anything but a nine" : nil
      }
    }
    #expect(failure == RecoveryFailure(position: JournalPosition(2), reason: reason))
  }
}
