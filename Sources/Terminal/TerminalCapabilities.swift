import Glibc

/// What an output stream can show: decided once at start, then passed to whoever prints.
public struct TerminalCapabilities: Equatable, Sendable {
  /// Whether a person looks at the stream, rather than a file or another program.
  public let isTerminal: Bool

  /// Whether a line can be painted over: a dumb terminal shows escape sequences as they are.
  public let canRepaint: Bool

  /// How many characters fit on a line.
  public let width: Int

  /// How many colours may be used.
  public let colors: ColorDepth

  /// Whether characters outside ASCII may be used.
  public let usesUnicode: Bool

  /// Decides from what is known about a stream and what the user asked for.
  public init(
    _ surroundings: TerminalSurroundings, color: ColorChoice = .auto, forcesASCII: Bool = false
  ) {
    isTerminal = surroundings.isTerminal
    canRepaint = isTerminal && surroundings.variable("TERM") != "dumb"
    let stated = surroundings.variable("COLUMNS").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    width = max(20, stated ?? surroundings.columns ?? 80)
    colors = Self.colors(surroundings, choice: color)
    usesUnicode = !forcesASCII && Self.hasUnicodeLocale(surroundings)
  }

  /// Looks at a descriptor and at the environment of the process.
  public static func probe(
    descriptor: Int32, color: ColorChoice = .auto, forcesASCII: Bool = false
  ) -> TerminalCapabilities {
    TerminalCapabilities(.probe(descriptor: descriptor), color: color, forcesASCII: forcesASCII)
  }

  /// The command line outranks `NO_COLOR`, which outranks `FORCE_COLOR`, which outranks the rest.
  private static func colors(
    _ surroundings: TerminalSurroundings, choice: ColorChoice
  ) -> ColorDepth {
    let full: ColorDepth =
      ["truecolor", "24bit"].contains(surroundings.variable("COLORTERM")) ? .millions : .palette
    switch choice {
    case .always: return full
    case .never: return .none
    case .auto:
      if surroundings.variable("NO_COLOR") != nil { return .none }
      if let force = surroundings.variable("FORCE_COLOR") { return force == "0" ? .none : full }
      let isCapable = surroundings.isTerminal && surroundings.variable("TERM") != "dumb"
      return isCapable ? full : .none
    }
  }

  private static func hasUnicodeLocale(_ surroundings: TerminalSurroundings) -> Bool {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"]
    let locale = names.lazy.compactMap { surroundings.variable($0) }.first ?? ""
    let encoding = locale.lowercased().split(separator: ".").last ?? ""
    return encoding.hasPrefix("utf-8") || encoding.hasPrefix("utf8")
  }
}

/// How many colours a stream can show.
public enum ColorDepth: Sendable {
  /// No colour and no other emphasis.
  case none
  /// The 256 colours that every common terminal has.
  case palette
  /// Any mixture of red, green and blue.
  case millions
}

/// The facts from which capabilities are decided, apart from the process so that tests can vary them.
public struct TerminalSurroundings: Sendable {
  /// Whether the stream is a terminal.
  public let isTerminal: Bool

  /// The width that the terminal reports, if it does.
  public let columns: Int?

  private let variables: [String: String]

  /// Creates surroundings from facts.
  public init(isTerminal: Bool, columns: Int? = nil, variables: [String: String] = [:]) {
    self.isTerminal = isTerminal
    self.columns = columns
    self.variables = variables
  }

  /// The facts about a descriptor of this process.
  public static func probe(descriptor: Int32) -> TerminalSurroundings {
    let names = [
      "COLUMNS", "NO_COLOR", "FORCE_COLOR", "TERM", "COLORTERM", "LC_ALL", "LC_CTYPE", "LANG",
    ]
    var variables: [String: String] = [:]
    for name in names {
      if let value = getenv(name) { variables[name] = String(cString: value) }
    }
    var size = winsize()
    let hasSize = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return TerminalSurroundings(
      isTerminal: isatty(descriptor) == 1, columns: hasSize ? Int(size.ws_col) : nil,
      variables: variables)
  }

  /// An environment variable; an empty one counts as absent.
  func variable(_ name: String) -> String? {
    variables[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}
