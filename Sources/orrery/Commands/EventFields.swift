import Determinism
import ProtocolKit
import Simulation

/// One event taken apart, so that two runs can be compared field by field, even across processes.
struct EventFields {
  /// The names of the fields, in order.
  static let names = ["number", "time", "kind", "node", "cause", "content"]

  private let values: [String]

  init(_ event: TraceEvent) {
    values = [
      event.id.description, event.instant.description, "\(event.kind)", event.node.description,
      event.cause.description, event.text,
    ]
  }

  /// What stands for an event of a run that has fewer.
  static let none = EventFields(values: ["-", "-", "-", "-", "-", "the run had ended"])

  private init(values: [String]) {
    self.values = values
  }

  /// Reads what `line` wrote.
  init?(line: String) {
    let parts = line.split(
      separator: "\t", maxSplits: Self.names.count - 1, omittingEmptySubsequences: false)
    guard parts.count == Self.names.count else { return nil }
    values = parts.map(String.init)
  }

  /// The fields on one line, separated by tabs.
  var line: String { values.joined(separator: "\t") }

  /// The event as a person reads it.
  var text: String {
    "\(values[0]) at \(values[1]), \(values[3]), caused by \(values[4]): \(values[5])"
  }

  /// The names of the fields in which two events differ.
  func differences(from other: EventFields) -> [String] {
    zip(Self.names, zip(values, other.values)).filter { $0.1.0 != $0.1.1 }.map(\.0)
  }
}
