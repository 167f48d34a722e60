public import Histories

/// A named property that a history can be examined for, without a model of one object.
public struct Checker: Sendable {
  /// Examines a history with chosen options, within limits.
  public typealias Examination =
    @Sendable (History, CheckerOptions, SearchLimits) throws(SpecificationError) -> Assessment

  /// The name on a command line, such as `set-full`.
  public let name: String
  /// What the checker is for.
  public let guide: Guide
  /// The options it understands, written `name?option=value&option=value`.
  public let options: [CheckerOption]
  private let examination: Examination
  private var chosen: CheckerOptions

  /// Creates a checker with default options.
  public init(
    _ name: String, guide: Guide, options: [CheckerOption] = [],
    examination: @escaping Examination
  ) {
    self.name = name
    self.guide = guide
    self.options = options
    self.examination = examination
    chosen = CheckerOptions(options)
  }

  /// Examines a history; throws when one of its operations makes no sense to the checker.
  public func check(
    _ history: History, limits: SearchLimits = .standard
  ) throws(SpecificationError) -> Assessment {
    try examination(history, chosen, limits)
  }

  /// The same checker with options set from text, or nil when there is no such option or value.
  func setting(_ options: Substring) -> Checker? {
    var changed = self
    guard changed.chosen.set(options) else { return nil }
    return changed
  }
}

/// A choice that the user of a checker has.
public struct CheckerOption: Hashable, Sendable {
  /// The values that an option may take.
  public enum Values: Hashable, Sendable {
    /// One of these words; the first is the default.
    case word([String])
    /// A whole number of at least `minimum`; nil as default means that the history decides.
    case number(minimum: Int64, default: Int64?)
    /// Some words out of these, joined by commas; all of them by default.
    case words([String])
    /// Any value, written as EDN.
    case value(default: Value)
  }

  /// The option's name.
  public let name: String
  /// The values it may take.
  public let values: Values
  /// What it changes, in one line.
  public let meaning: String

  /// Creates an option.
  public init(_ name: String, values: Values, meaning: String) {
    self.name = name
    self.values = values
    self.meaning = meaning
  }

  /// How to write the option, such as `duplicates=allowed|forbidden`.
  public var usage: String {
    switch values {
    case .word(let words): "\(name)=\(words.joined(separator: "|"))"
    case .words(let words): "\(name)=\(words.joined(separator: ","))"
    case .number(let minimum, let standard):
      "\(name)=\(standard.map { "\($0)" } ?? "N") (at least \(minimum))"
    case .value(let standard): "\(name)=\(standard) (any value of EDN)"
    }
  }
}

/// The chosen values of a checker's options.
public struct CheckerOptions: Hashable, Sendable {
  private let known: [CheckerOption]
  private var texts: [String: String] = [:]

  init(_ known: [CheckerOption]) {
    self.known = known
  }

  /// The chosen or default word of an option.
  public func word(_ name: String) -> String {
    guard case .word(let words) = option(name).values else { preconditionFailure(name) }
    return texts[name] ?? words[0]
  }

  /// The chosen or default words of an option.
  public func words(_ name: String) -> [String] {
    guard case .words(let words) = option(name).values else { preconditionFailure(name) }
    guard let text = texts[name] else { return words }
    let chosen = text.split(separator: ",").map(String.init)
    return words.filter(chosen.contains)
  }

  /// The chosen or default number of an option.
  public func number(_ name: String) -> Int64? {
    guard case .number(_, let standard) = option(name).values else { preconditionFailure(name) }
    return texts[name].flatMap { Int64($0) } ?? standard
  }

  /// The chosen or default value of an option.
  public func value(_ name: String) -> Value {
    guard case .value(let standard) = option(name).values else { preconditionFailure(name) }
    return texts[name].flatMap { Value(edn: $0) } ?? standard
  }

  private func option(_ name: String) -> CheckerOption {
    guard let option = known.first(where: { $0.name == name }) else {
      preconditionFailure("the checker declares no option \(name)")
    }
    return option
  }

  /// Sets options from text such as `k=2&order=any`; false when there is no such option or value.
  mutating func set(_ settings: Substring) -> Bool {
    settings.split(separator: "&", omittingEmptySubsequences: false).allSatisfy { setting in
      let pair = setting.split(separator: "=", maxSplits: 1)
      return pair.count == 2 && set(String(pair[0]), to: String(pair[1]))
    }
  }

  private mutating func set(_ name: String, to text: String) -> Bool {
    guard let option = known.first(where: { $0.name == name }) else { return false }
    switch option.values {
    case .word(let words):
      guard words.contains(text) else { return false }
    case .words(let words):
      let chosen = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard !chosen.isEmpty, chosen.allSatisfy(words.contains) else { return false }
    case .number(let minimum, _):
      guard let number = Int64(text), number >= minimum else { return false }
    case .value:
      guard Value(edn: text) != nil else { return false }
    }
    texts[name] = text
    return true
  }
}
