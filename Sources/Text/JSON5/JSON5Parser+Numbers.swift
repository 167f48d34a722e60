extension JSON5Parser {
  /// Reads a number: the longest run of characters that could belong to one, then judged whole.
  mutating func number() throws(ScenarioError) -> JSON5Value.Kind {
    let start = scanner.position
    var previous: Unicode.Scalar = "e"
    var isHexadecimal = false
    let token = scanner.take { scalar in
      let mayHaveSign = (previous == "e" || previous == "E") && !isHexadecimal
      previous = scalar
      if scalar == "x" || scalar == "X" { isHexadecimal = true }
      switch scalar {
      case "+", "-": return mayHaveSign
      case "0"..."9", "a"..."z", "A"..."Z", "_", ".", "$": return true
      default: return false
      }
    }
    do throws(MalformedText) {
      return try Self.classify(token)
    } catch {
      throw scanner.failure(
        "\(token) \(error.complaint)", at: SourceSpan(from: start, to: scanner.position),
        hint: error.hint)
    }
  }

  private static func classify(_ token: String) throws(MalformedText) -> JSON5Value.Kind {
    let isNegative = token.first == "-"
    let body = token.drop { $0 == "-" || $0 == "+" }
    if body == "Infinity" || body == "NaN" { return .decimal(token) }
    if body.contains("_") {
      throw MalformedText(
        "has underscores, which JSON5 does not know", hint: "write \(token.filter { $0 != "_" })")
    }
    let digits = body.drop { $0 == "0" }
    if body.hasPrefix("0x") || body.hasPrefix("0X") {
      return .integer(try integer(body.dropFirst(2), radix: 16, isNegative: isNegative))
    }
    if body.count > 1, body.first == "0", let next = body.dropFirst().first, next.isNumber {
      throw MalformedText(
        "begins with a zero", hint: "write \(digits.first?.isNumber == true ? "" : "0")\(digits)")
    }
    if !body.isEmpty, body.allSatisfy(\.isNumber) {
      return .integer(try integer(body, radix: 10, isNegative: isNegative))
    }
    if ExactDecimal.isWellFormed(body) { return .decimal(token) }
    let looksLikeText = body.first?.isNumber == true && body.last?.isLetter == true
    throw MalformedText(
      "is not a number", hint: looksLikeText ? "text needs quotes: \"\(token)\"" : nil)
  }

  private static func integer(
    _ digits: Substring, radix: Int, isNegative: Bool
  ) throws(MalformedText) -> Int128 {
    guard !digits.isEmpty, digits.allSatisfy({ $0.isHexDigit }) else {
      throw MalformedText("is not a hexadecimal number")
    }
    guard let magnitude = UInt64(digits, radix: radix) else {
      throw MalformedText("does not fit into 64 bits")
    }
    let value = isNegative ? -Int128(magnitude) : Int128(magnitude)
    if value < Int128(Int64.min) { throw MalformedText("does not fit into 64 bits") }
    return value
  }
}
