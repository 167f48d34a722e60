import Histories
import Testing

@testable import Checking

/// Checks a history that is written in short: a line is `process: function key value`.
///
/// Such an operation completes at once. With `...` at its end it stays open until a line such as
/// `process: ok value`, `process: info` or `process: fail`. The key `-` stands for none, and `@7`
/// at the beginning of a line is the time of its events.
func checkScript(_ checker: String, _ script: String) throws -> Assessment {
  try #require(Checkers.named(checker)).check(scriptedHistory(script))
}

/// The history of a script.
func scriptedHistory(_ script: String) throws -> History {
  var events: [String] = []
  var open: [Substring: String] = [:]
  for line in script.split(separator: "\n") {
    var rest = line
    var time = ""
    if rest.first == "@" {
      time = " :time \(rest.dropFirst().prefix { $0 != " " })"
      rest = rest.drop { $0 != " " }.dropFirst()
    }
    let colon = try #require(rest.firstIndex(of: ":"))
    let process = rest[..<colon]
    let words = rest[rest.index(colon, offsetBy: 2)...].split(separator: " ", maxSplits: 2)
    let event = { (type: String, call: String, value: String) in
      "{:process \(process) :type :\(type)\(time) \(call) :value \(value)}"
    }
    if ["ok", "info", "fail"].contains(words[0]) {
      let value = words.dropFirst().joined(separator: " ")
      events.append(
        event(String(words[0]), try #require(open[process]), value.isEmpty ? "nil" : value))
      continue
    }
    let call = ":f :\(words[0])" + (words[1] == "-" ? "" : " :key \"\(words[1])\"")
    let isOpen = words[2].hasSuffix("...")
    let value = isOpen ? words[2].dropLast(3) : words[2]
    let input = words[0] == "read" || value.allSatisfy { $0 == " " } ? "nil" : String(value)
    events.append(event("invoke", call, input))
    if isOpen { open[process] = call } else { events.append(event("ok", call, String(value))) }
  }
  return try HistoryReader.read(events.joined(separator: "\n"))
}

extension Assessment {
  /// The value of a fact.
  func fact(_ name: String) -> Value? {
    facts.first { $0.name == name }?.value
  }

  /// The positions of the operations of each anomaly.
  var culprits: [[Int]] {
    anomalies.map { $0.operations.map(\.position) }
  }
}
