/// A whole number with a meaning of its own, such as a term or a token, so that none is taken for another.
public protocol WrappedNumber: Hashable, Comparable, Sendable, BinaryCodable, Visitable {
  /// The number.
  var number: UInt64 { get }

  /// Wraps a number.
  init(_ number: UInt64)
}

extension WrappedNumber {
  /// Whether one number comes before another.
  @inline(__always)
  public static func < (left: Self, right: Self) -> Bool { left.number < right.number }

  /// Shows the number.
  @inline(__always)
  public func visitFields(_ visitor: inout some FieldVisitor) { visitor.visit(number) }

  /// Reads the number.
  public init(from reader: inout ByteReader) throws(DecodingFailure) {
    self.init(try reader.readNumber())
  }
}
