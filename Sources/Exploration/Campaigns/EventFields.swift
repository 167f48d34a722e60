import Determinism
import ProtocolKit
public import Simulation

/// One event taken apart, so that two runs can be compared field by field, even across processes.
public struct EventFields: Codable, Hashable, Sendable {
  /// The names of the fields, in order.
  private static let names = ["number", "time", "kind", "node", "cause", "content"]

  private let values: [String]

  /// Takes an event apart.
  public init(_ event: TraceEvent) {
    values = [
      event.id.description, event.instant.description, "\(event.kind)", event.node.description,
      event.cause.description, event.text,
    ]
  }

  private init(values: [String]) {
    self.values = values
  }

  /// What stands for an event of a run that has fewer.
  public static let none = EventFields(values: ["-", "-", "-", "-", "-", "the run had ended"])

  /// The event as a person reads it.
  public var text: String {
    "\(values[0]) at \(values[1]), \(values[3]), caused by \(values[4]): \(values[5])"
  }

  /// The names of the fields in which two events differ.
  public func differences(from other: EventFields) -> [String] {
    zip(Self.names, zip(values, other.values)).filter { $0.1.0 != $0.1.1 }.map(\.0)
  }
}
