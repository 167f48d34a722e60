public import Determinism

/// A period with at most one leader; terms are numbered in order and act as a logical clock.
public struct Term: WrappedNumber {
  /// The number; zero before the first election.
  public let number: UInt64

  /// Creates the term with this number.
  public init(_ number: UInt64) {
    self.number = number
  }

  /// The time before the first election.
  public static let zero = Term(0)

  /// The term after this one.
  public var next: Term { Term(number + 1) }
}

/// The place of an entry in the replicated log, counted from one; zero is before the first entry.
public struct LogIndex: Hashable, Comparable, Sendable {
  /// The number.
  public let number: Int

  /// Creates the index with this number.
  public init(_ number: Int) {
    self.number = number
  }

  /// The place before the first entry.
  public static let zero = LogIndex(0)

  /// The index after this one.
  public var next: LogIndex { LogIndex(number + 1) }

  /// The index before this one; zero stays zero.
  public var previous: LogIndex { LogIndex(max(0, number - 1)) }

  /// The index a number of entries further on.
  public func advanced(by count: Int) -> LogIndex { LogIndex(number + count) }

  /// Whether one index comes before another.
  public static func < (left: LogIndex, right: LogIndex) -> Bool { left.number < right.number }
}

extension Term: CustomStringConvertible {
  /// The number.
  public var description: String { String(number) }
}

extension LogIndex: CustomStringConvertible {
  /// The number.
  public var description: String { String(number) }
}

extension LogIndex: Visitable {
  /// Shows every field.
  public func visitFields(_ visitor: inout some FieldVisitor) {
    visitor.visit(number)
  }
}

extension Term: SentenceSubject {
  /// The term.
  public var subject: Subject { Subject("term", self) }
}

extension LogIndex: SentenceSubject {
  /// The entry at this index.
  public var subject: Subject { Subject("entry", self) }
}
