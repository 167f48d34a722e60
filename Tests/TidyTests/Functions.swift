/// A function, initialiser or subscript with a body, and how many lines it takes.
struct FunctionSpan: Equatable {
  /// The line on which it is declared, counted from one.
  let line: Int
  /// The number of lines from the declaration to the closing brace.
  let length: Int
}

extension SwiftCode {
  /// Every function with a body; braces are matched, so code must be well formed.
  var functions: [FunctionSpan] {
    var spans: [FunctionSpan] = []
    for (index, line) in lines.enumerated() where Self.declaresFunction(line) {
      guard let end = endOfBody(from: index) else { continue }
      spans.append(FunctionSpan(line: index + 1, length: end - index + 1))
    }
    return spans
  }

  static func declaresFunction(_ line: Substring) -> Bool {
    guard line.contains("func ") || line.contains("init") || line.contains("subscript") else {
      return false
    }
    let declaration = /(^|\s)(func [`\w<>=!&|^~*\/%+.-]|(init[?]?|subscript)[(<])/
    return line.contains(declaration)
  }

  /// The line on which the body of the function declared on a line ends; nil when it has none.
  private func endOfBody(from first: Int) -> Int? {
    var braces = 0
    var brackets = 0
    for index in first..<lines.count {
      for character in lines[index] {
        switch character {
        case "(", "[": brackets += 1
        case ")", "]": brackets -= 1
        case "{" where brackets == 0 || braces > 0: braces += 1
        case "}" where braces > 0:
          braces -= 1
          if braces == 0 { return index }
        case "}" where brackets == 0: return nil
        default: break
        }
      }
      if braces == 0, brackets == 0, !signatureGoesOn(behind: index) { return nil }
    }
    return nil
  }

  private func signatureGoesOn(behind index: Int) -> Bool {
    let next = index + 1 < lines.count ? lines[index + 1].trimmingPrefix { $0.isWhitespace } : ""
    let starters = ["{", "->", "throws", "rethrows", "async", "where", "&&"]
    if starters.contains(where: { next.hasPrefix($0) }) { return true }
    let ended = lines[index].reversed().drop { $0.isWhitespace }
    return ended.first == "," || ended.starts(with: ">-") || ended.starts(with: "erehw")
  }
}
