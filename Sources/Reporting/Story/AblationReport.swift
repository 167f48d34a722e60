public import Exploration
import Simulation

/// The answer of an ablation as one process hands it to another.
public struct AblationReport: Codable, Hashable, Sendable {
  /// One thing that was left out: exactly one of the two is there.
  public struct Item: Codable, Hashable, Sendable {
    /// The place in the fault plan.
    public var fault: Int?
    /// A condition of links or clocks.
    public var trouble: String?
  }

  /// What the violation needs.
  public var needed: [Item]
  /// What it does not need.
  public var needless: [Item]
  /// How many faults had ended before the story began.
  public var earlier_faults: Int
  /// How many runs were made.
  public var runs: Int
  /// Whether each of the needed was tried by itself.
  public var is_minimal: Bool
}

extension AblationReport {
  /// Describes an ablation.
  public init(_ ablation: Ablation) {
    needed = ablation.needed.map(Item.init)
    needless = ablation.needless.map(Item.init)
    earlier_faults = ablation.earlierFaults
    runs = ablation.runs
    is_minimal = ablation.isMinimal
  }

  /// The needed entries of the fault plan.
  var neededEntries: [Int] { needed.compactMap(\.fault) }
}

extension AblationReport.Item {
  fileprivate init(_ item: Ablation.Item) {
    switch item {
    case .fault(let entry): fault = entry
    case .trouble(let condition): trouble = condition.rawValue
    }
  }
}
