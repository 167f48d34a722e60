import Histories

extension Audits {
  static var counters: [Audit] { [counter, fetchAndAdd, uniqueIDs] }

  private static var counter: Audit {
    .linearizability(
      "counter",
      histories: RandomHistories(
        specification: CounterSpecification(),
        calls: RandomHistories.calls("add", inputs: .integers(0...2))
          + RandomHistories.calls("decrement")
          + RandomHistories.calls("read", outputs: .integers(-6...12))
          + RandomHistories.calls("read", outputs: .integers(-6...12)), spoiltPercent: 40))
  }

  private static var fetchAndAdd: Audit {
    .linearizability(
      "fetch-and-add",
      histories: RandomHistories(
        specification: FetchAndAddSpecification(),
        calls: RandomHistories.calls(
          "fetch-and-add", inputs: .integers(0...2), outputs: .integers(0...12) + [.none])
          + RandomHistories.calls("add-and-fetch", outputs: .integers(1...13))
          + RandomHistories.calls("read", outputs: .integers(0...12)), spoiltPercent: 15))
  }

  private static var uniqueIDs: Audit {
    .linearizability(
      "unique-ids",
      histories: RandomHistories(
        specification: ProductSpecification(UniqueIDSpecification()),
        calls: RandomHistories.calls("generate", outputs: .integers(1...6)), operations: 5,
        crashPercent: 10, spoiltPercent: 50))
  }
}
