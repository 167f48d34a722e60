import Determinism

/// A violation that one seed shows, with the signature that groups alike ones.
public struct Finding: Codable, Hashable, Sendable {
  /// The property that was violated.
  public let property: String
  /// How it was violated, in one sentence with roles instead of names.
  public let kind: String
  /// How it was violated this time.
  public let detail: String
  /// The fault that went beyond what the system promises to survive, if one did.
  public let breach: String?
  /// The seed that shows it.
  public let seed: UInt64
  /// `F-` and eight hexadecimal digits; equal for findings with the same likely cause.
  ///
  /// A hash of scenario, property, kind and whether the contract was kept; never of seeds, times, values or hosts.
  public let signature: String

  /// Creates a finding of a scenario.
  public init(
    scenario: String, property: String, kind: String, detail: String, seed: UInt64,
    breach: String? = nil
  ) {
    self.breach = breach
    self.property = property
    self.kind = kind
    self.detail = detail
    self.seed = seed
    var digest = Digest()
    digest.absorb(scenario)
    digest.absorb(property)
    digest.absorb(kind)
    if breach != nil { digest.absorb("outside") }
    signature = "F-\(digest.description.prefix(8))"
  }
}
