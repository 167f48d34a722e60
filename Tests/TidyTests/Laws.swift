/// The rules of the house: each takes a text and returns what is wrong with it, line by line.
enum Laws {
  /// Libraries of the system that only some modules may use; the standard library is everyone's.
  static let systemImports: [String: Set<String>] = [
    "Traces": ["FoundationEssentials"],
    "Reporting": ["FoundationEssentials"], "Terminal": ["Glibc"],
    "OrreryCommands": [
      "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Synchronization",
    ],
  ]

  /// What a run must not depend on, and what cores must not contain.
  static let banned = [
    "Date", "DispatchTime", "ContinuousClock", "SuspendingClock", "UUID(", "hashValue", "Hasher",
    "ObjectIdentifier", "Task {", "Task.", "TaskGroup", "async", "await", "Thread", "ProcessInfo",
    "getenv", ".random(", ".randomElement(", ".shuffled(", ".shuffle(",
    "SystemRandomNumberGenerator", "Double", "Float", "print(",
  ]

  /// Collections whose order differs from process to process.
  static let hashed = ["Set<", "Set(", "Dictionary<", "Dictionary(", "[:]"]

  /// The modules that a text imports beyond those permitted.
  static func forbiddenImports(in code: SwiftCode, permitted: Set<String>) -> [String] {
    code.lines.compactMap { line in
      let words = line.split(separator: " ")
      guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
        words[..<place].allSatisfy({ $0.hasPrefix("@") || $0 == "public" || $0 == "internal" })
      else { return nil }
      let module = String(words[words.count - 1].prefix { $0 != "." })
      return permitted.contains(module) ? nil : "imports \(module)"
    }
  }

  /// The banned words that a text uses in its code.
  static func bannedWords(in code: SwiftCode) -> [String] {
    banned.filter { code.contains($0) }.map { "uses \($0)" }
  }

  /// Where the code of a text names a collection with a hash order.
  static func hashedCollections(in code: SwiftCode) -> [String] {
    let named = hashed.filter { code.contains($0) }.map { "uses \($0)" }
    let typed = code.lines.enumerated().filter { _, line in
      line.contains(/\[\s*[A-Z][\w.]*(<[\w., ]+>)?\??\s*:\s*[\[(A-Z]/)
    }
    return named + typed.map { index, _ in "line \(index + 1): a dictionary type" }
  }

  /// The functions that are too long.
  static func longFunctions(in code: SwiftCode, most: Int) -> [String] {
    code.functions.filter { $0.length > most }
      .map { "line \($0.line): a function of \($0.length) lines" }
  }

  /// The cases that let a value pass which the code did not think of.
  static func ignoredCases(in code: SwiftCode) -> [String] {
    code.lines.enumerated().filter { $1.contains(/default:\s*(break\b|\(\))/) }
      .map { index, _ in "line \(index + 1): ignores all other cases" }
  }

  /// The words for things that the field calls by another name.
  static func privateWords(in code: SwiftCode) -> [String] {
    let words = ["Yardstick", "Companion", "FaultCast", "Desk", "Wish"]
    return words.filter { code.contains($0) }.map { "says \($0)" }
  }

  /// The notes about work that was left undone.
  static func leftovers(in text: String) -> [String] {
    let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]
    return marks.filter { text.contains($0) }.map { "contains \($0)" }
  }

  /// The types in a text that bear the name of their module.
  static func namesakes(of module: String, in code: SwiftCode) -> [String] {
    let kinds = ["struct", "class", "enum", "actor", "protocol", "typealias"]
    return kinds.filter { code.contains("\($0) \(module)") }.map { "declares \($0) \(module)" }
  }

  /// The name that a scenario gives itself, if it differs from its place.
  static func wrongName(in text: String, at path: String) -> String? {
    let name = text.firstMatch(of: /(?m)^\s*"?name"?\s*:\s*["']([^"']*)["']/).map { String($0.1) }
    let expected = path.trimmingPrefix("Scenarios/").split(separator: ".").dropLast()
      .joined(separator: ".")
    return name == expected ? nil : "is named \(name ?? "nothing"), not \(expected)"
  }

  /// The places in this repository that a Markdown text names as code; placeholders end a place.
  static func paths(in text: String) -> [String] {
    text.matches(of: /`((Sources|Tests|Scenarios|docs|examples|scripts|traces|\.ci)\/[^` ]*)`/)
      .map { match in
        let known = match.1.prefix { !"<*".contains($0) }
        if known.count == match.1.count { return String(known) }
        return known.split(separator: "/").dropLast(known.hasSuffix("/") ? 0 : 1)
          .joined(separator: "/")
      }
  }

  /// The places in this repository that a Markdown text links to, from its own folder.
  static func links(in text: String, at path: String) -> [String] {
    let folder = path.split(separator: "/").dropLast()
    return text.matches(of: /\]\(([^)\s]+)\)/).compactMap { match in
      let target = match.1.prefix { $0 != "#" }
      guard !target.isEmpty, !target.contains(":") else { return nil }
      let parts = target.split(separator: "/")
      return (target.hasPrefix("/") ? parts[...] : folder + parts)
        .reduce(into: [Substring]()) { path, part in
          if part == ".." { _ = path.popLast() } else if part != "." { path.append(part) }
        }
        .joined(separator: "/")
    }
  }
}
