public import Checking
public import Histories

extension KeyValueWorkload {
  /// Decides whether what clients saw is linearizable, key by key; every key is absent at first.
  ///
  /// A campaign would rather call one run in thousands unknown than wait minutes for it, so the
  /// search gets about a second and 128 MiB.
  public static func check(_ history: History) throws(SpecificationError) -> Verdict {
    let limits = SearchLimits(configurations: 1_000_000, bytes: 128 << 20)
    return try LinearizabilityChecker(RegisterSpecification(), limits: limits).check(history)
  }
}
