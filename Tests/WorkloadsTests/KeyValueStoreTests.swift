import Determinism
import ProtocolKit
import TestKit
import Testing
import Workloads

struct KeyValueStoreTests {
  typealias Command = KeyValueStore.Command
  typealias Response = KeyValueStore.Response

  private func randomCommand(_ dice: inout Dice) -> Command {
    let key = dice.next() >> UInt64(dice.below(65))
    let value = Int64(bitPattern: dice.next()) >> Int64(dice.below(64))
    guard dice.chance(percent: 50) else { return .write(key: key, value: value) }
    let expected = dice.chance(percent: 50) ? nil : Int64(dice.below(9)) - 4
    return .compareAndSet(key: key, expected: expected, new: value)
  }

  @Test func `a key holds what was written last, and others nothing`() {
    var store = KeyValueStore()
    #expect(store.answer(.init(key: 1)) == .value(nil))
    #expect(store.apply(.write(key: 1, value: 5)) == .written)
    #expect(store.apply(.write(key: 1, value: -6)) == .written)
    #expect(store.answer(.init(key: 1)) == .value(-6))
    #expect(store.answer(.init(key: 2)) == .value(nil))
  }

  @Test func `a compare-and-set changes only what it expects`() {
    var store = KeyValueStore()
    #expect(store.apply(.compareAndSet(key: 1, expected: 0, new: 1)) == .mismatch)
    #expect(store.answer(.init(key: 1)) == .value(nil))
    #expect(store.apply(.compareAndSet(key: 1, expected: nil, new: 1)) == .written)
    #expect(store.apply(.compareAndSet(key: 1, expected: nil, new: 2)) == .mismatch)
    #expect(store.apply(.compareAndSet(key: 1, expected: 1, new: 2)) == .written)
    #expect(store.answer(.init(key: 1)) == .value(2))
  }

  @Test(arguments: UInt64(0)..<20)
  func `replicas that apply the same commands agree`(seed: UInt64) {
    var dice = Dice(seed: seed)
    var replicas = [KeyValueStore(), KeyValueStore()]
    for _ in 0..<100 {
      let command = randomCommand(&dice)
      #expect(replicas[0].apply(command) == replicas[1].apply(command), "seed \(seed)")
    }
    #expect(replicas[0].values == replicas[1].values, "seed \(seed)")
  }

  @Test(arguments: UInt64(0)..<300)
  func `commands survive their encoding, and no part of it does`(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    let command = randomCommand(&dice)
    var writer = ByteWriter()
    command.encode(into: &writer)
    var reader = ByteReader(writer.bytes)
    #expect(try Command(from: &reader) == command, "seed \(seed)")
    #expect(reader.isAtEnd, "seed \(seed)")
    for length in 0..<writer.bytes.count {
      var cut = ByteReader(Array(writer.bytes.prefix(length)))
      #expect(throws: DecodingFailure.self, "seed \(seed), \(length) bytes") {
        try Command(from: &cut)
      }
    }
  }

  @Test func `an unknown command is refused`() {
    for tag in [UInt8(0), 4, 255] {
      var reader = ByteReader([tag, 1, 2, 3])
      #expect(throws: DecodingFailure.self, "tag \(tag)") { try Command(from: &reader) }
    }
  }

  @Test func `fingerprints and words tell commands, queries and answers apart`() {
    func fingerprint(_ value: some Digestible) -> UInt64 {
      var digest = Digest()
      digest.absorb(value)
      return digest.value
    }
    let commands: [Command] = [
      .write(key: 1, value: 2), .write(key: 2, value: 1),
      .compareAndSet(key: 1, expected: nil, new: 2), .compareAndSet(key: 1, expected: 0, new: 2),
      .compareAndSet(key: 1, expected: 2, new: 0),
    ]
    #expect(Set(commands.map { fingerprint($0) }).count == commands.count)
    #expect(Set(commands.map(\.description)).count == commands.count)
    let answers: [Response] = [.written, .value(nil), .value(0), .value(1), .mismatch]
    #expect(Set(answers.map { fingerprint($0) }).count == answers.count)
    #expect(Set(answers.map(\.description)).count == answers.count)
    #expect(commands[3].description == "cas k1 0 -> 2")
    #expect(KeyValueStore.Query(key: 3).description == "read k3")
  }
}
