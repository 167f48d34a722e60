/// Known mistakes in implementations of a protocol, as switches; none gives the protocol as published.
public protocol DefectSet: OptionSet, Hashable, Sendable where Element == Self {
  /// Every defect with the name that scenarios use, in the order of introduction.
  static var catalogue: [(slug: String, defect: Self)] { get }
}

extension DefectSet {
  /// The names that scenarios use.
  public static var slugs: [String] { catalogue.map(\.slug) }

  /// The defects among some names; names of other families' defects are passed over.
  public init(named names: [String]) {
    self.init(Self.catalogue.filter { names.contains($0.slug) }.map(\.defect))
  }
}
