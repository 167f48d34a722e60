import Determinism
import Histories
import Testing

@testable import Checking

/// A checker's answer about a history that is written in a few words.
///
/// Each line is one event: process, type, function with an optional key, and value, such as
/// `0 ok read/x 5`. The clock ticks once a millisecond.
struct Examination {
  let assessment: Assessment

  init(_ checker: String, _ lines: String) throws {
    assessment = try #require(Checkers.named(checker)).check(Self.history(lines))
  }

  static func history(_ lines: String) throws -> History {
    var events: [String] = []
    for line in lines.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 3)
      let function = words[2].split(separator: "/")
      let key = function.count > 1 ? " :key :\(function[1])" : ""
      let value = words.count > 3 ? words[3] : "nil"
      events.append(
        "{:process \(words[0]) :type :\(words[1]) :f :\(function[0])\(key) "
          + ":value \(value) :time \(events.count * 1_000_000)}")
    }
    return try HistoryReader.read(events.joined(separator: "\n"), format: .edn)
  }

  var isValid: Bool { assessment.outcome == .valid }
  var isInvalid: Bool { assessment.outcome == .invalid }

  var advice: String? {
    if case .unknown(let advice) = assessment.outcome { advice } else { nil }
  }

  /// The anomalies with the places of their operations, such as `lost 0 2`.
  var anomalies: [String] {
    assessment.anomalies.map { anomaly in
      ([anomaly.name] + anomaly.operations.map { String($0.position) }).joined(separator: " ")
    }
  }

  func fact(_ name: String) -> Value? {
    assessment.facts.first { $0.name == name }?.value
  }
}
