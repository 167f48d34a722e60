import Determinism

/// What a value keeps from those who look at its fields: found by reflection, for debug builds only.
///
/// A field that is not shown is in no digest: two runs that differ in it would count as the same.
struct HiddenFields: CustomStringConvertible {
  /// The numbers and texts that were not shown.
  private(set) var fields: [String]
  private let type: String

  /// Compares what a value has with what it shows.
  init(of value: some Visitable) {
    var shown = ShownFields()
    shown.visit(value)
    var had: [String] = []
    Self.collect(value, into: &had)
    for field in shown.fields {
      if let place = had.firstIndex(of: field) { had.remove(at: place) }
    }
    fields = had
    type = "\(Swift.type(of: value))"
  }

  /// Whether nothing is hidden.
  var isEmpty: Bool { fields.isEmpty }

  /// The fields in words.
  var description: String {
    "\(type) does not show its fields with the values \(fields.joined(separator: ", "))"
  }

  /// The numbers and texts in a value, at any depth.
  private static func collect(_ value: Any, into fields: inout [String]) {
    switch value {
    case let number as any FixedWidthInteger: fields.append("\(number)")
    case let text as String: fields.append("\"\(text)\"")
    default: for child in Mirror(reflecting: value).children { collect(child.value, into: &fields) }
    }
  }
}

/// Writes down what it is shown.
private struct ShownFields: FieldVisitor {
  var fields: [String] = []

  mutating func visit(case number: UInt8) {}

  mutating func visit(_ number: UInt64) { fields.append("\(number)") }

  mutating func visit(signed number: Int64) { fields.append("\(number)") }

  mutating func visit(_ text: String) { fields.append("\"\(text)\"") }
}
