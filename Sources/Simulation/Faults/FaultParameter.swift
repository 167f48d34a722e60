public import Determinism
public import ProtocolKit

/// One key of a fault's section in a scenario: its form, its default and its meaning.
///
/// Decoding, suggestions, the catalogue and the documentation all come from this one declaration.
public struct FaultParameter: Hashable, Sendable {
  /// What its value looks like.
  public enum Form: Hashable, Sendable {
    /// A whole number within bounds.
    case integer(ClosedRange<Int64>)
    /// A time, such as `"50ms"`.
    case duration
    /// A time that may point into the past.
    case signedDuration
    /// The shortest and the longest time.
    case span
    /// A probability.
    case ratio
    /// True or false.
    case flag
    /// The name of a mark, which the system knows.
    case mark
    /// One of several names; the noun says what is named.
    case name(noun: String, among: [String])
    /// Some of several names.
    case names(noun: String, among: [String])
    /// A node.
    case node
    /// Several nodes.
    case nodes
  }

  /// What holds when a file says nothing.
  public enum Absence: Hashable, Sendable {
    /// The key must be there.
    case refused
    /// A value, and how the documentation writes it.
    case standard(ParameterValue, String)
    /// No value, and what that means.
    case none(String)
  }

  /// The key.
  public let name: String
  /// What its value looks like.
  public let form: Form
  /// What holds without it.
  public let absence: Absence
  /// What it means, without a full stop.
  public let meaning: String

  init(_ name: String, as form: Form, absence: Absence = .refused, meaning: String) {
    self.name = name
    self.form = form
    self.absence = absence
    self.meaning = meaning
  }

  /// The node that a scripted fault hits.
  static let victim = FaultParameter("node", as: .node, meaning: "the node that it hits")
}

extension FaultParameter: CustomStringConvertible {
  /// The key with its meaning and its default, as the catalogue says it.
  public var description: String {
    switch absence {
    case .refused: "\(name): \(meaning)"
    case .standard(_, let words), .none(let words): "\(name): \(meaning) (default: \(words))"
    }
  }
}

/// The value of one parameter of a fault.
public enum ParameterValue: Hashable, Sendable {
  /// A whole number.
  case integer(Int64)
  /// A time.
  case duration(Nanoseconds)
  /// The shortest and the longest time.
  case span(ClosedRange<Nanoseconds>)
  /// A probability.
  case ratio(Ratio)
  /// True or false.
  case flag(Bool)
  /// A text or a name.
  case text(String)
  /// Several names.
  case names([String])
  /// A node.
  case node(NodeID)
  /// Several nodes.
  case nodes([NodeID])

  fileprivate var payload: any Sendable {
    switch self {
    case .integer(let value): value
    case .duration(let value): value
    case .span(let value): value
    case .ratio(let value): value
    case .flag(let value): value
    case .text(let value): value
    case .names(let value): value
    case .node(let value): value
    case .nodes(let value): value
    }
  }
}

/// The values of all parameters that a kind of fault declares, defaults included.
public struct ParameterValues: Hashable, Sendable {
  private struct Member: Hashable {
    let name: String
    let value: ParameterValue
  }

  private let members: [Member]

  /// Completes what was said with what was declared; a key that is not declared is a mistake.
  public init(
    _ given: [(name: String, value: ParameterValue)], of declared: [FaultParameter]
  ) {
    for member in given {
      precondition(declared.contains { $0.name == member.name }, "\(member.name) is not declared")
    }
    members = declared.compactMap { parameter in
      if let said = given.first(where: { $0.name == parameter.name }) {
        return Member(name: parameter.name, value: said.value)
      }
      switch parameter.absence {
      case .standard(let value, _): return Member(name: parameter.name, value: value)
      case .none: return nil
      case .refused: preconditionFailure("\(parameter.name) is missing")
      }
    }
  }

  /// The value of a parameter that is required or has a default.
  subscript<Value>(_ name: String) -> Value {
    guard let value: Value = self[optional: name] else {
      preconditionFailure("\(name) is not declared to have a value")
    }
    return value
  }

  /// The value of a parameter that may be absent.
  subscript<Value>(optional name: String) -> Value? {
    guard let member = members.first(where: { $0.name == name }) else { return nil }
    guard let value = member.value.payload as? Value else {
      preconditionFailure("\(name) is declared in another form")
    }
    return value
  }

  /// The cases of an enumeration that a parameter names.
  func cases<Case: RawRepresentable<String>>(_ name: String, of type: Case.Type) -> [Case] {
    let names: [String] = self[name]
    return names.compactMap(Case.init(rawValue:))
  }
}

/// Why a fault that is well formed makes no sense, and at which key.
public struct FaultComplaint: Error, Hashable, Sendable {
  /// What is wrong.
  public let message: String
  /// What would help.
  public var hint: String?
  /// The key whose value is wrong; nil for the section as a whole.
  public var parameter: String?
  /// The place in the list under that key.
  public var element: Int?
}
