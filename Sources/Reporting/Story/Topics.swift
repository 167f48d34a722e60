import Simulation

/// What a text speaks of: words with a number behind them, such as `term 39` or `entry 1`.
struct Topics {
  private let pairs: [String]

  init(_ text: String) {
    let words = text.split { !$0.isLetter && !$0.isNumber }
    pairs = zip(words, words.dropFirst()).compactMap { word, number in
      let isPair = word.allSatisfy(\.isLetter) && number.allSatisfy(\.isNumber)
      return isPair ? "\(word) \(number)" : nil
    }
  }

  /// Whether a note of the protocol speaks of the same.
  func occur(in note: TraceNote) -> Bool {
    guard !pairs.isEmpty, case .told(let text) = note else { return false }
    return Topics(text).pairs.contains(where: pairs.contains)
  }
}
