public import Exploration

/// What a run that violates a property is about, in plain words and as data.
///
/// Built from the record alone: events with their causes, what the protocol told, what clients saw,
/// the certificate of the checker and the faults. It knows nothing of any protocol.
public struct Story: Codable, Hashable, Sendable {
  /// An operation as its client saw it.
  public struct Observation: Codable, Hashable, Sendable {
    /// The client.
    public var node: String
    /// What it asked for.
    public var text: String
    /// When it asked, in nanoseconds.
    public var asked_ns: UInt64
    /// When it got an answer, if it did.
    public var answered_ns: UInt64?
    /// The answer, or that there was none.
    public var answer: String
    /// Whether no order of the operations allows this answer.
    public var is_impossible: Bool
  }

  /// Something that happened, in a sentence.
  public struct Step: Codable, Hashable, Sendable {
    /// When, in nanoseconds.
    public var ns: UInt64
    /// The number of the event.
    public var event: UInt64
    /// What happened.
    public var text: String
  }

  /// A fault that plays a part.
  public struct FaultLine: Codable, Hashable, Sendable {
    /// Its name in this story, such as `F1`.
    public var name: String
    /// What it is.
    public var text: String
    /// When it began, in nanoseconds.
    public var begins_ns: UInt64
    /// When it ended.
    public var ends_ns: UInt64
    /// Its place in the fault plan.
    public var entry: Int
  }

  /// Which troubles made the difference, tested by running the seed and its neighbours without them.
  public struct Needed: Codable, Hashable, Sendable {
    /// What came of leaving out one trouble alone.
    public struct Trial: Codable, Hashable, Sendable {
      /// The trouble.
      public var text: String
      /// What it does for the violation.
      public var role: Ablation.Role
      /// In how many of the tries the violation shows with it.
      public var with: Int
      /// In how many it shows without it.
      public var without: Int
      /// What this seed shows in place of the violation, if it shows something.
      public var instead: String?
    }

    /// How many tries each count is out of: the seed itself and its neighbours.
    public var tries: Int
    /// What was left out alone.
    public var alone: [Trial]
    /// What was left out all at once, and the violation shows.
    public var together: [String]
    /// In how many of the tries it shows without all of these.
    public var without_together: Int
    /// In how many it shows with them.
    public var with_together: Int
    /// How many troubles were not tried for want of time.
    public var untried: Int
    /// How many earlier faults were left as they were.
    public var earlier_faults: Int
    /// How many runs were made.
    public var runs: Int
  }

  /// What is wrong, in one sentence.
  public var headline: String
  /// The violated property.
  public var property: String
  /// The object that the operations are about, if they are about one.
  public var key: String?
  /// What clients saw, in the order of asking; empty if the violation is not about clients.
  public var clients: [Observation]
  /// What happened, in order.
  public var happened: [Step]
  /// Why it is wrong, in sentences.
  public var why: [String]
  /// Which troubles made the difference; null if that was not tested.
  public var needed: Needed?
  /// The faults that play a part.
  public var faults: [FaultLine]
  /// The events as a picture: who sent what to whom, and when.
  public var diagram: Diagram
  /// Whether the causes go further back than the story does.
  public var is_cut: Bool
}

extension Story {
  /// The story as records for other programs: the section, a time in nanoseconds or nothing, a text.
  public var records: [[String]] {
    var records = [["headline", "", headline]]
    records += clients.map { seen in
      let mark = seen.is_impossible ? " (impossible)" : ""
      return ["client", "\(seen.asked_ns)", "\(seen.node) \(seen.text) -> \(seen.answer)\(mark)"]
    }
    records += happened.map { ["happened", "\($0.ns)", $0.text] }
    records += why.map { ["why", "", $0] }
    for trial in needed?.alone ?? [] {
      let counts = "\(trial.without)/\(needed?.tries ?? 0) \(trial.with)/\(needed?.tries ?? 0)"
      records.append([trial.role.rawValue, counts, trial.text])
    }
    records += (needed?.together ?? []).map { ["together", "", $0] }
    return records.map { $0.map { $0.onOneLine } }
  }
}
