import Determinism
import ProtocolKit
import Testing

@testable import Simulation

/// A field that a message does not show is in no digest, so it must not go unnoticed.
@Suite struct HiddenFieldsTests {
  private struct Parcel: Visitable {
    var weight: Int64 = -7
    var address: NodeID? = NodeID(41)
    var labels = [UInt64(5), 5]
    var text = "fragile"
    var hides = ""

    func visitFields(_ visitor: inout some FieldVisitor) {
      if hides != "weight" { visitor.visit(signed: weight) }
      if hides != "address" { visitor.visit(address) }
      if hides == "one label" { visitor.visit(labels[0]) } else { visitor.visit(labels) }
      if hides != "text" { visitor.visit(text) }
      visitor.visit(hides)
    }
  }

  @Test(arguments: [
    ("", []), ("weight", ["-7"]), ("address", ["41"]), ("one label", ["5"]),
    ("text", ["\"fragile\""]),
  ])
  func `what is not shown is found`(hides: String, found: [String]) {
    #expect(HiddenFields(of: Parcel(hides: hides)).fields == found)
  }

  @Test func `a message without fields hides nothing`() {
    #expect(HiddenFields(of: Parcel(address: nil, labels: [])).isEmpty)
  }
}
