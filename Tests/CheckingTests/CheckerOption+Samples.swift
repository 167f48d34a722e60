import Checking

extension CheckerOption {
  /// Texts that the option takes, and texts that it refuses.
  var samples: (good: [String], bad: [String]) {
    switch values {
    case .word(let words): (words, ["", "none of them", words.joined(separator: ",")])
    case .words(let words): (words + [words.joined(separator: ",")], ["", "none of them", ","])
    case .number(let minimum, _): (["\(minimum)", "\(max(minimum, 7))"], ["", "x", "1.5"])
    case .value: (["nil", "-7", "\"A\"", ":a", "[1 2]"], ["", "x", "1 2", "(", "1.5"])
    }
  }
}
