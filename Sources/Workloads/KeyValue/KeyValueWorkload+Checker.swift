public import Checking
public import Histories

extension KeyValueWorkload {
  /// Decides whether what clients saw is linearizable, key by key; every key is absent at first.
  public static func check(_ history: History) throws(SpecificationError) -> Verdict {
    try LinearizabilityChecker(RegisterSpecification()).check(history)
  }
}
