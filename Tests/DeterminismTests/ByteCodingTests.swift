import Determinism
import TestKit
import Testing

/// A value with every kind of part that bytes can hold.
private struct Parcel: BinaryCodable, Equatable {
  var tag: UInt8
  var number: UInt64
  var signed: Int64
  var text: String

  init(tag: UInt8, number: UInt64, signed: Int64, text: String) {
    self.tag = tag
    self.number = number
    self.signed = signed
    self.text = text
  }

  /// A random parcel in which small numbers are as likely as large ones.
  init(_ dice: inout Dice) {
    tag = UInt8(truncatingIfNeeded: dice.next())
    number = dice.next() >> UInt64(dice.below(65))
    signed = Int64(bitPattern: dice.next()) >> Int64(dice.below(64))
    text = String((0..<dice.below(6)).map { _ in ["a", "ß", "€", "🪐"][dice.below(4)] })
  }

  func encode(into writer: inout ByteWriter) {
    writer.write(byte: tag)
    writer.write(number)
    writer.write(signed: signed)
    writer.write(text)
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    tag = try reader.readByte()
    number = try reader.readNumber()
    signed = try reader.readSigned()
    text = try reader.readText()
    guard reader.isAtEnd else { throw reader.failure("the end") }
  }

  var bytes: [UInt8] {
    var writer = ByteWriter()
    encode(into: &writer)
    return writer.bytes
  }

  static func decoded(_ bytes: [UInt8]) throws(DecodingFailure) -> Parcel {
    var reader = ByteReader(bytes)
    return try Parcel(from: &reader)
  }
}

struct ByteCodingTests {
  @Test(arguments: UInt64(0)..<200)
  func `what was written is read back`(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    let parcel = Parcel(&dice)
    #expect(try Parcel.decoded(parcel.bytes) == parcel, "seed \(seed)")
  }

  @Test func `extreme numbers survive and small ones are short`() throws {
    for number in [0, 127, 128, 16_383, 16_384, .max - 1, .max] as [UInt64] {
      for signed in [0, -1, 1, -64, 64, .min, .max] as [Int64] {
        let parcel = Parcel(tag: 0, number: number, signed: signed, text: "")
        #expect(try Parcel.decoded(parcel.bytes) == parcel)
      }
    }
    #expect(Parcel(tag: 9, number: 127, signed: -64, text: "").bytes == [9, 127, 127, 0])
    #expect(Parcel(tag: 9, number: 300, signed: 1, text: "é").bytes == [9, 172, 2, 2, 2, 195, 169])
  }

  @Test(arguments: UInt64(0)..<100)
  func `no shortened encoding is taken for the whole`(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    let parcel = Parcel(&dice)
    for length in 0..<parcel.bytes.count {
      #expect(throws: DecodingFailure.self, "seed \(seed), \(length) bytes") {
        try Parcel.decoded(Array(parcel.bytes.prefix(length)))
      }
    }
  }

  @Test(arguments: UInt64(0)..<300)
  func `damaged bytes are refused or mean something else, and never trap`(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    let parcel = Parcel(&dice)
    for _ in 0..<50 {
      var bytes = parcel.bytes
      let position = dice.below(bytes.count)
      bytes[position] ^= UInt8(1 + dice.below(255))
      let found = try? Parcel.decoded(bytes)
      #expect(found != parcel, "seed \(seed), byte \(position)")
      if let found { #expect(found.bytes == bytes, "seed \(seed): two encodings of one value") }
    }
  }

  @Test(arguments: UInt64(0)..<300)
  func `noise is refused or is the encoding of what it decodes to`(seed: UInt64) {
    var dice = Dice(seed: seed)
    for _ in 0..<50 {
      let noise = (0..<dice.below(30)).map { _ in
        dice.chance(percent: 50) ? UInt8(dice.below(4)) : UInt8(dice.below(256))
      }
      guard let found = try? Parcel.decoded(noise) else { continue }
      #expect(found.bytes == noise, "seed \(seed): two encodings of one value")
    }
  }

  @Test func `a number has one encoding only`() {
    for bytes in [[0x80, 0x00], [0xFF, 0x80, 0x00]] as [[UInt8]] {
      var reader = ByteReader(bytes)
      #expect(throws: DecodingFailure.self, "\(bytes)") { try reader.readNumber() }
    }
  }

  @Test func `a number of more than 64 bits is refused`() throws {
    let nines = Array(repeating: UInt8(0xFF), count: 9)
    var largest = ByteReader(nines + [0x01])
    #expect(try largest.readNumber() == .max)
    for end in [[0x02], [0x7F], [0x81, 0x00], [0xFF, 0xFF]] as [[UInt8]] {
      var reader = ByteReader(nines + end)
      #expect(throws: DecodingFailure.self, "\(end)") { try reader.readNumber() }
    }
  }

  @Test func `a failure says where and what`() {
    var reader = ByteReader([5, 104, 105])
    let failure = #expect(throws: DecodingFailure.self) { try reader.readText() }
    #expect(failure == DecodingFailure(offset: 1, expectation: "a text of 5 bytes"))
    var broken = ByteReader([1, 0xFF])
    let refusal = #expect(throws: DecodingFailure.self) { try broken.readText() }
    #expect(refusal == DecodingFailure(offset: 1, expectation: "a text in UTF-8"))
  }
}
