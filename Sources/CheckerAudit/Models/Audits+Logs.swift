import Histories

extension Audits {
  static var logs: [Audit] { [appendList, log] }

  private static let entries: [Value] = .integers(1...2)

  private static var appendList: Audit {
    var lists: [[Value]] = [[]]
    for length in 1...3 {
      lists += lists.filter { $0.count == length - 1 }.flatMap { list in
        entries.map { list + [$0] }
      }
    }
    return .linearizability(
      "append-list",
      histories: RandomHistories(
        specification: ListSpecification(),
        calls: RandomHistories.calls("append", inputs: entries)
          + RandomHistories.calls("read", outputs: lists.map { .list($0) })
          + RandomHistories.calls("length", outputs: .integers(0...6))))
  }

  private static var log: Audit {
    .linearizability(
      "log",
      histories: RandomHistories(
        specification: ListSpecification(firstOffset: 1),
        calls: RandomHistories.calls(
          "append", inputs: entries, outputs: .integers(1...6) + [.none])
          + RandomHistories.calls("read", inputs: .integers(1...3), outputs: entries + [.none]),
        spoiltPercent: 20))
  }
}
