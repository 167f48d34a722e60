/// A value with one exact representation in bytes, the same on every machine.
public protocol BinaryCodable: Sendable {
  /// Writes the value.
  func encode(into writer: inout ByteWriter)

  /// Reads a value that `encode` wrote; anything else throws.
  init(from reader: inout ByteReader) throws(DecodingFailure)
}

/// What was wrong with bytes that should have been a value.
public struct DecodingFailure: Error, Hashable, Sendable {
  /// The zero-based byte at which reading stopped.
  public let offset: Int
  /// What was expected there.
  public let expectation: String

  /// Creates a failure at a byte.
  public init(offset: Int, expectation: String) {
    self.offset = offset
    self.expectation = expectation
  }
}

/// Collects the bytes of values.
public struct ByteWriter: Sendable {
  /// What was written so far.
  public private(set) var bytes: [UInt8] = []

  /// Creates an empty writer.
  public init() {}

  /// Writes one byte.
  public mutating func write(byte: UInt8) {
    bytes.append(byte)
  }

  /// Writes a whole number with seven bits a byte, small ones in few bytes (LEB128).
  public mutating func write(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// Writes a whole number with its sign; numbers near zero take few bytes (zigzag).
  public mutating func write(signed number: Int64) {
    write(UInt64(bitPattern: number << 1 ^ number >> 63))
  }

  /// Writes a text as its length and its UTF-8 bytes.
  public mutating func write(_ text: String) {
    write(UInt64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }
}

/// Reads values back from bytes, and refuses what no writer wrote.
public struct ByteReader: Sendable {
  private let bytes: [UInt8]

  /// The zero-based byte that is read next.
  public private(set) var offset = 0

  /// Creates a reader at the first byte.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Whether every byte was read.
  public var isAtEnd: Bool { offset == bytes.count }

  /// Reads one byte.
  public mutating func readByte() throws(DecodingFailure) -> UInt8 {
    guard offset < bytes.count else { throw failure("one more byte") }
    offset += 1
    return bytes[offset - 1]
  }

  /// Reads a whole number; one padded with needless zero bytes is refused.
  public mutating func readNumber() throws(DecodingFailure) -> UInt64 {
    var number: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      let byte = try readByte()
      let part = UInt64(byte & 0x7F)
      guard shift < 63 || part <= 1 else { break }
      guard byte > 0 || shift == 0 else { throw failure("a number in its shortest form") }
      number |= part << shift
      if byte < 0x80 { return number }
    }
    throw failure("a number of at most 64 bits")
  }

  /// Reads a whole number with its sign.
  public mutating func readSigned() throws(DecodingFailure) -> Int64 {
    let number = try readNumber()
    return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
  }

  /// Reads a text.
  public mutating func readText() throws(DecodingFailure) -> String {
    let length = try readNumber()
    guard length <= UInt64(bytes.count - offset) else {
      throw failure("a text of \(length) bytes")
    }
    let end = offset + Int(length)
    guard let text = String(validating: bytes[offset..<end], as: UTF8.self) else {
      throw failure("a text in UTF-8")
    }
    offset = end
    return text
  }

  /// The error for a reader that expected something else at this byte.
  public func failure(_ expectation: String) -> DecodingFailure {
    DecodingFailure(offset: offset, expectation: expectation)
  }
}
