import Simulation

/// What a text speaks of: nouns with numbers behind them, such as `term 39` or `tokens 7 and 8`.
struct Topics {
  private var pairs: [String] = []

  init(_ text: String) {
    var noun: String?
    for word in text.split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
      if word.allSatisfy(\.isNumber) {
        if let noun { pairs.append("\(noun) \(word)") }
        continue
      }
      let isNoun = word.allSatisfy(\.isLetter) && !["and", "or", "to"].contains(word)
      if isNoun { noun = String(word.hasSuffix("s") ? word.dropLast() : word) }
    }
  }

  /// Whether a note of the protocol speaks of the same.
  func occur(in note: TraceNote) -> Bool {
    guard !pairs.isEmpty, case .told(let text) = note else { return false }
    return Topics(text).pairs.contains(where: pairs.contains)
  }
}
