/// Operations as bars under each other, from invocation to completion, in plain characters.
///
/// Only the order of events is to scale: each invocation and completion takes one step.
public struct Timeline {
  private static let mostOperations = 24
  private static let widestLabel = 40
  private static let widestStep = 6

  private let operations: [OperationReport]
  private let blamed: Int?
  private let width: Int

  /// Creates a timeline of operations, one of which may be to blame, for lines of a width.
  public init(_ operations: [OperationReport], blamed: Int? = nil, width: Int) {
    self.operations = operations.sorted { $0.invoked_at < $1.invoked_at }
    self.blamed = blamed
    self.width = width
  }

  /// The lines, the earliest invocation first; only the last operations if there are many.
  public var lines: [String] {
    let shown = operations.suffix(Self.mostOperations)
    let omitted = operations.count - shown.count
    let labels = shown.map { String($0.text.prefix(Self.widestLabel)) }
    let labelWidth = labels.map(\.count).max() ?? 0
    let columns = columns(of: shown, within: width - labelWidth - 6)
    let lines = zip(shown, labels).map { operation, label in
      let sign = operation.position == blamed ? "! " : "  "
      let blanks = String(repeating: " ", count: labelWidth - label.count)
      return sign + label + blanks + "  " + bar(operation, columns)
    }
    return (omitted > 0 ? ["  ... \(omitted) earlier operations"] : []) + lines
  }

  /// The column of each event that is shown.
  private func columns(
    of shown: ArraySlice<OperationReport>, within space: Int
  ) -> (events: [Int], step: Double) {
    let events = shown.flatMap { [$0.invoked_at] + ($0.completed_at.map { [$0] } ?? []) }.sorted()
    let steps = Double(max(events.count - 1, 1))
    return (events, min(Double(Self.widestStep), Double(max(space, 2) - 2) / steps))
  }

  private func bar(
    _ operation: OperationReport, _ columns: (events: [Int], step: Double)
  ) -> String {
    let column = { (event: Int) in
      Int(Double(columns.events.firstIndex(of: event) ?? 0) * columns.step)
    }
    let start = column(operation.invoked_at)
    let indent = String(repeating: " ", count: start)
    // Without a result the operation may take effect at any later time.
    guard operation.output != nil, let end = operation.completed_at else {
      let last = Int(Double(columns.events.count - 1) * columns.step)
      return indent + "|" + String(repeating: ".", count: max(last - start, 1)) + ">"
    }
    return indent + "|" + String(repeating: "-", count: max(column(end) - start - 1, 0)) + "|"
  }
}
