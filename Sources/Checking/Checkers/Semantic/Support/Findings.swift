import Histories

/// What a checker finds wrong: every anomaly counted, and the first of each kind told.
struct Findings {
  /// The number of anomalies of one kind that an assessment lists.
  static let mostListed = 32

  /// The kinds that the checker looks for, the most telling first.
  private let kinds: [String]
  private var counts: [Int]
  private var lists: [[Anomaly]]
  private var areHarmless = true

  init(_ kinds: String...) {
    self.kinds = kinds
    counts = Array(repeating: 0, count: kinds.count)
    lists = Array(repeating: [], count: kinds.count)
  }

  /// How many anomalies of a kind there are, listed or not.
  func count(of kind: String) -> Int { counts[place(of: kind)] }

  /// Adds an anomaly; the key `nil` means that the history is about a single object.
  ///
  /// A harmless one is told but does not make the history invalid.
  mutating func add(
    _ kind: String, isHarmless: Bool = false, key: Value = .none, operations: [OperationID],
    text: @autoclosure () -> String
  ) {
    let place = place(of: kind)
    counts[place] += 1
    areHarmless = areHarmless && isHarmless
    guard lists[place].count < Self.mostListed else { return }
    lists[place].append(
      Anomaly(kind, key: key == .none ? nil : key, operations: operations, text: text()))
  }

  /// The answer: invalid if anything harmful was found, else unknown if there is a doubt.
  ///
  /// Facts give the count of each kind, as in `lost-count`, after those that are passed in.
  func assessment(_ facts: [Assessment.Fact] = [], doubt: String? = nil) -> Assessment {
    let outcome: Assessment.Outcome =
      if !areHarmless { .invalid } else if let doubt { .unknown(advice: doubt) } else { .valid }
    return Assessment(
      outcome, anomalies: lists.flatMap(\.self),
      facts: facts + zip(kinds, counts).map { .count("\($0)-count", count: $1) })
  }

  private func place(of kind: String) -> Int {
    guard let place = kinds.firstIndex(of: kind) else {
      preconditionFailure("the checker does not look for \(kind)")
    }
    return place
  }
}

extension Assessment.Fact {
  /// Something that was counted.
  static func count(_ name: String, count: Int) -> Self {
    Self(name, value: .integer(Int64(count)))
  }
}
