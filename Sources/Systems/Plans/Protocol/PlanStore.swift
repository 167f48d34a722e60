public import Determinism
public import ProtocolKit

/// Numbered plans, and which of them a record is made from: a name server's configuration, for one.
///
/// Plans are published, applied to the record, and cleaned away when they are old. A record whose plan
/// was cleaned away is empty. After the public account of the outage of Amazon DynamoDB in us-east-1 on
/// 19 and 20 October 2025.
public struct PlanStore: ReplicatedApplication {
  /// What changes the store.
  public enum Command: Hashable, Sendable {
    /// Add the next plan.
    case publish
    /// Make the record from a plan, if that is newer than the record's, or in any case.
    case apply(plan: UInt64, ifNewer: Bool)
    /// Delete all plans below one, sparing the record's, or in any case.
    case clean(below: UInt64, sparesActive: Bool)
  }

  /// What reads the store.
  public enum Query: Hashable, Sendable {
    /// The newest plan, and the one of the record.
    case plans
    /// The record.
    case record
  }

  /// What the store answers.
  public enum Response: Hashable, Sendable {
    /// The newest plan, and the one of the record; zero if there is none.
    case plans(newest: UInt64, active: UInt64)
    /// The plan that the record is made from; nil if the record is empty.
    case record(UInt64?)
    /// The command was carried out, or its condition did not hold.
    case done(Bool)
  }

  /// The plans that were not cleaned away.
  public private(set) var plans: ContiguousArray<UInt64> = []
  /// The newest plan.
  public private(set) var newest: UInt64 = 0
  /// The plan of the record; zero before the first.
  public private(set) var active: UInt64 = 0

  /// Creates a store without plans.
  public init() {}

  /// Carries out a command.
  public mutating func apply(_ command: Command) -> Response {
    switch command {
    case .publish:
      newest += 1
      plans.append(newest)
      return .done(true)
    case .apply(let plan, let ifNewer):
      guard !ifNewer || plan > active else { return .done(false) }
      active = plan
      return .done(true)
    case .clean(let bound, let sparesActive):
      plans.removeAll { $0 < bound && !(sparesActive && $0 == active) }
      return .done(true)
    }
  }

  /// Answers a query.
  public func answer(_ query: Query) -> Response {
    switch query {
    case .plans: .plans(newest: newest, active: active)
    case .record: .record(plans.contains(active) ? active : nil)
    }
  }

  /// What a command did to the record.
  public func telling(
    of command: Command, to earlier: PlanStore, _ response: Response
  ) -> Sentence? {
    switch (command, response) {
    case (.apply(let plan, _), .done(true)):
      "the record is of plan \(Subject("plan", plan)) now, after \(Subject("plan", earlier.active))"
    case (.apply(let plan, _), .done(false)):
      "plan \(Subject("plan", plan)) is refused: the record is of plan \(Subject("plan", active))"
    case (.clean(let bound, _), _) where earlier.plans.contains(active) && !plans.contains(active):
      "with all plans below \(Subject("plan", bound)) plan \(Subject("plan", active)) is cleaned "
        + "away, of which the record is"
    case (.clean(let bound, _), _) where earlier.plans != plans:
      "all plans below \(Subject("plan", bound)) are cleaned away"
    default: nil
    }
  }
}

extension PlanStore.Command: BinaryCodable {
  /// Reads a command.
  public init(from reader: inout ByteReader) throws(DecodingFailure) {
    switch try reader.readByte() {
    case 1: self = .publish
    case 2: self = .apply(plan: try reader.readNumber(), ifNewer: try reader.readFlag())
    case 3: self = .clean(below: try reader.readNumber(), sparesActive: try reader.readFlag())
    default: throw reader.failure("a command of a plan store")
    }
  }
}

extension PlanStore.Command: Visitable, CustomStringConvertible {
  /// Shows every field.
  public func visitFields(_ visitor: inout some FieldVisitor) {
    switch self {
    case .publish: visitor.visit(case: 1)
    case .apply(let plan, let ifNewer):
      visitor.visit(case: 2)
      visitor.visit(plan)
      visitor.visit(ifNewer)
    case .clean(let bound, let sparesActive):
      visitor.visit(case: 3)
      visitor.visit(bound)
      visitor.visit(sparesActive)
    }
  }

  /// The command in words.
  public var description: String {
    switch self {
    case .publish: "publish a plan"
    case .apply(let plan, let ifNewer): "apply plan \(plan)\(ifNewer ? " if it is newer" : "")"
    case .clean(let bound, let sparesActive):
      "clean plans below \(bound)\(sparesActive ? " but the active one" : "")"
    }
  }
}

extension PlanStore.Query: Visitable, CustomStringConvertible {
  /// Shows every field.
  public func visitFields(_ visitor: inout some FieldVisitor) {
    visitor.visit(case: self == .plans ? 1 : 2)
  }

  /// The query in words.
  public var description: String { self == .plans ? "which plans are there" : "read the record" }
}

extension PlanStore.Response: Visitable, CustomStringConvertible {
  /// Shows every field.
  public func visitFields(_ visitor: inout some FieldVisitor) {
    switch self {
    case .plans(let newest, let active):
      visitor.visit(case: 1)
      visitor.visit(newest)
      visitor.visit(active)
    case .record(let plan):
      visitor.visit(case: 2)
      visitor.visit(plan)
    case .done(let isDone):
      visitor.visit(case: 3)
      visitor.visit(isDone)
    }
  }

  /// The response in words.
  public var description: String {
    switch self {
    case .plans(let newest, let active): "plan \(newest) is the newest, \(active) is active"
    case .record(let plan): plan.map { "the record of plan \($0)" } ?? "an empty record"
    case .done(let isDone): isDone ? "done" : "refused"
    }
  }
}
