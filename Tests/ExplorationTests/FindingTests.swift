import Testing

@testable import Exploration

@Suite struct FindingTests {
  private func finding(
    scenario: String = "a", property: String = "p", kind: String = "k", detail: String = "d",
    seed: UInt64 = 1
  ) -> Finding {
    Finding(scenario: scenario, property: property, kind: kind, detail: detail, seed: seed)
  }

  @Test func `seeds and details do not change a signature`() {
    #expect(finding().signature == finding(detail: "other", seed: 99).signature)
  }

  @Test func `scenario, property and kind each change a signature`() {
    let signatures = [
      finding(), finding(scenario: "b"), finding(property: "q"), finding(kind: "l"),
    ].map(\.signature)
    for (position, signature) in signatures.enumerated() {
      #expect(!signatures[..<position].contains(signature))
    }
  }

  @Test func `a signature is F and eight hexadecimal digits, for ever the same`() {
    #expect(finding().signature.wholeMatch(of: /F-[0-9a-f]{8}/) != nil)
  }
}
