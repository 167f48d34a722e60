/// A value that shows its fields, once, to whatever wants to know them: fingerprints and bytes alike.
///
/// What is shown first must tell what follows: a case by its number, a list by its length, a value that
/// may be missing by whether it is there. Then two values that differ show different fields.
public protocol Visitable: Digestible {
  /// Shows every field in an order that is the same for equal values.
  func visitFields(_ visitor: inout some FieldVisitor)
}

/// What looks at the fields of values.
public protocol FieldVisitor {
  /// Looks at the number of a case, from one.
  mutating func visit(case number: UInt8)

  /// Looks at a whole number.
  mutating func visit(_ number: UInt64)

  /// Looks at a whole number with its sign.
  mutating func visit(signed number: Int64)

  /// Looks at a text.
  mutating func visit(_ text: String)
}

extension FieldVisitor {
  /// Looks at a count or a place.
  @inline(__always)
  public mutating func visit(_ count: Int) { visit(UInt64(count)) }

  /// Looks at something that holds or does not.
  @inline(__always)
  public mutating func visit(_ flag: Bool) { visit(case: flag ? 2 : 1) }

  /// Looks at the fields of a value.
  @inline(__always)
  public mutating func visit(_ value: some Visitable) { value.visitFields(&self) }

  /// Looks at whether there is a value, and at its fields.
  @inline(__always)
  public mutating func visit(_ value: (some Visitable)?) {
    visit(value != nil)
    if let value { visit(value) }
  }

  /// Looks at how many values there are, and at the fields of each.
  public mutating func visit(_ values: [some Visitable]) {
    visit(values.count)
    for value in values { visit(value) }
  }
}

extension Visitable {
  /// Adds every field to a digest.
  @inline(__always)
  public func absorb(into digest: inout Digest) { visitFields(&digest) }
}

extension Digest: FieldVisitor {
  /// Absorbs the number of a case.
  @inline(__always)
  public mutating func visit(case number: UInt8) { absorb(UInt64(number)) }

  /// Absorbs a whole number.
  @inline(__always)
  public mutating func visit(_ number: UInt64) { absorb(number) }

  /// Absorbs a whole number with its sign.
  @inline(__always)
  public mutating func visit(signed number: Int64) { absorb(UInt64(bitPattern: number)) }

  /// Absorbs a text.
  public mutating func visit(_ text: String) { absorb(text) }
}

extension ByteWriter: FieldVisitor {
  /// Writes the number of a case as one byte.
  public mutating func visit(case number: UInt8) { write(byte: number) }

  /// Writes a whole number, small ones in few bytes.
  public mutating func visit(_ number: UInt64) { write(number) }

  /// Writes a whole number with its sign.
  public mutating func visit(signed number: Int64) { write(signed: number) }

  /// Writes a text.
  public mutating func visit(_ text: String) { write(text) }
}

extension BinaryCodable where Self: Visitable {
  /// Writes every field.
  public func encode(into writer: inout ByteWriter) { visitFields(&writer) }
}

extension ByteReader {
  /// Reads whether something holds.
  public mutating func readFlag() throws(DecodingFailure) -> Bool {
    switch try readByte() {
    case 1: return false
    case 2: return true
    default: throw failure("whether something holds")
    }
  }

  /// Reads a value if there is one.
  public mutating func readOptional<Value: BinaryCodable>(
    _ type: Value.Type
  ) throws(DecodingFailure) -> Value? {
    try readFlag() ? try Value(from: &self) : nil
  }
}

extension UInt64: BinaryCodable, Visitable {
  /// Shows the number.
  @inline(__always)
  public func visitFields(_ visitor: inout some FieldVisitor) { visitor.visit(self) }

  /// Reads the number.
  public init(from reader: inout ByteReader) throws(DecodingFailure) {
    self = try reader.readNumber()
  }
}

extension Int64: BinaryCodable, Visitable {
  /// Shows the number.
  @inline(__always)
  public func visitFields(_ visitor: inout some FieldVisitor) { visitor.visit(signed: self) }

  /// Reads the number.
  public init(from reader: inout ByteReader) throws(DecodingFailure) {
    self = try reader.readSigned()
  }
}

extension Nanoseconds: BinaryCodable, Visitable {
  /// Shows the count.
  @inline(__always)
  public func visitFields(_ visitor: inout some FieldVisitor) { visitor.visit(signed: count) }

  /// Reads the count.
  public init(from reader: inout ByteReader) throws(DecodingFailure) {
    self.init(try reader.readSigned())
  }
}
