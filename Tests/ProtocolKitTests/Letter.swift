import Determinism
import ProtocolKit

/// A message of one text or number.
struct Letter: WireMessage, Hashable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  let description: String

  init(stringLiteral text: String) {
    description = text
  }

  init(integerLiteral number: Int) {
    description = "\(number)"
  }

  func visitFields(_ visitor: inout some FieldVisitor) { visitor.visit(description) }
}
