/// What a sentence can speak of: a term, a node, an entry of a log, a token, known by kind and name.
public struct Subject: Hashable, Sendable {
  /// What it is, such as `term`.
  public let kind: String
  /// Which one, as sentences show it.
  public let name: String

  /// Creates the subject of a kind with a name.
  public init(_ kind: String, _ name: some CustomStringConvertible) {
    self.kind = kind
    self.name = name.description
  }
}

extension Subject: CustomStringConvertible {
  /// The name.
  public var description: String { name }
}

/// A value that sentences speak of.
public protocol SentenceSubject: CustomStringConvertible {
  /// What it is and which.
  var subject: Subject { get }
}

extension Subject: SentenceSubject {
  /// The subject itself.
  public var subject: Subject { self }
}

/// A sentence that knows what it speaks of: notes and violations about the same matter find each other.
///
/// Written like any text; the values in it that are subjects are remembered.
public struct Sentence: Hashable, Sendable {
  /// The words.
  public let text: String
  /// What it speaks of, in order.
  public let subjects: [Subject]

  /// Creates a sentence that speaks of some subjects.
  public init(_ text: String, about subjects: [Subject] = []) {
    self.text = text
    self.subjects = subjects
  }

  /// Names as a sentence lists them: `n1, n2 and n3`.
  public static func list(_ names: [String], _ conjunction: String = "and") -> String {
    guard names.count > 1, let last = names.last else { return names.joined() }
    return names.dropLast().joined(separator: ", ") + " \(conjunction) " + last
  }

  /// One part of a sentence, and then another.
  public static func + (left: Sentence, right: Sentence) -> Sentence {
    Sentence(left.text + right.text, about: left.subjects + right.subjects)
  }
}

extension Sentence: ExpressibleByStringInterpolation {
  /// Creates a sentence that speaks of nothing in particular.
  public init(stringLiteral text: String) {
    self.init(text)
  }

  /// Creates a sentence from its parts.
  public init(stringInterpolation parts: Parts) {
    self.init(parts.text, about: parts.subjects)
  }

  /// The parts of a sentence.
  public struct Parts: StringInterpolationProtocol {
    fileprivate var text = ""
    fileprivate var subjects: [Subject] = []

    /// Prepares for a sentence.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// Adds words.
    public mutating func appendLiteral(_ words: String) { text += words }

    /// Adds a value in words.
    public mutating func appendInterpolation<Value>(_ value: Value) { text += "\(value)" }

    /// Adds a value that the sentence speaks of.
    public mutating func appendInterpolation(_ value: some SentenceSubject) {
      text += value.description
      subjects.append(value.subject)
    }

    /// Adds nothing to the words: what the sentence speaks of goes without saying.
    public mutating func appendInterpolation(about silent: some SentenceSubject) {
      subjects.append(silent.subject)
    }

    /// Adds a part with all that it speaks of.
    public mutating func appendInterpolation(_ part: Sentence) {
      text += part.text
      subjects += part.subjects
    }
  }
}

extension Sentence: CustomStringConvertible {
  /// The words.
  public var description: String { text }
}
