public import Determinism
public import ProtocolKit

/// A script as text with what came of it, block by block.
///
/// A block is some commands, a line of dashes, and the answer up to an empty line. Lines that begin
/// with `#` are comments.
public struct Transcript {
  /// Some commands and what came of them.
  public struct Block {
    /// The commands and comments, as they stand there.
    public let commands: [Substring]
    /// The lines that came of them.
    public var answer: [Substring]
  }

  /// The blocks in order.
  public var blocks: [Block]

  /// Reads a text.
  public init(_ text: String) {
    blocks = text.split(separator: "\n\n").map { part in
      let lines = part.split(separator: "\n")
      let commands = lines.prefix { $0 != Self.rule }
      return Block(
        commands: Array(commands), answer: Array(lines.dropFirst(commands.count + 1)))
    }
  }

  /// The transcript as text.
  public var text: String {
    blocks.map { block in
      (block.commands + [Substring(Self.rule)] + block.answer).map { "\($0)\n" }.joined()
    }
    .joined(separator: "\n")
  }

  private static let rule = "----"

  /// What kind of cluster the first command describes.
  public var family: String {
    let first = blocks.first?.commands.first { !$0.hasPrefix("#") }
    return first.flatMap { Words($0).things.first } ?? "nothing"
  }

  /// The same commands with what comes of them now.
  public func replayed(_ carryOut: (Words) throws -> [String]) rethrows -> Transcript {
    var copy = self
    for place in blocks.indices {
      let commands = blocks[place].commands.filter { !$0.hasPrefix("#") }
      let answer = try commands.flatMap { try carryOut(Words($0)) }
      copy.blocks[place].answer = (answer.isEmpty ? ["nothing"] : answer).map { Substring($0) }
    }
    return copy
  }
}

/// A script that cannot be carried out.
public struct ScriptFailure: Error {
  /// What is wrong with it.
  public let reason: String

  /// Creates a failure.
  public init(reason: String) {
    self.reason = reason
  }
}

/// A command in words: a verb, things by their place, and `name=value`.
public struct Words {
  /// The first word.
  public let verb: String
  /// The words that name no value.
  public let things: [String]
  private let text: Substring
  private let values: [(name: String, value: String)]

  init(_ text: Substring) {
    self.text = text
    let words = text.split(separator: " ").map(String.init)
    verb = words.first ?? ""
    things = words.dropFirst().filter { !$0.contains("=") }
    values = words.filter { $0.contains("=") }.map { word in
      let parts = word.split(separator: "=", maxSplits: 1)
      return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    }
  }

  /// A complaint about this command.
  public func failure(_ reason: String) -> ScriptFailure {
    ScriptFailure(reason: "\(text): \(reason)")
  }

  /// A value by its name, if it is given.
  public subscript(name: String) -> String? { values.first { $0.name == name }?.value }

  /// A number by its name.
  public func number(_ name: String, default initial: UInt64? = nil) throws -> UInt64 {
    guard let number = self[name].flatMap(UInt64.init) ?? initial else {
      throw failure("\(name)=NUMBER is missing")
    }
    return number
  }

  /// A node such as `n1`, by its place among the things.
  public func node(_ place: Int = 0) throws -> NodeID {
    guard things.indices.contains(place) else { throw failure("a node is missing") }
    return try node(things[place])
  }

  /// The nodes among the things from a place on; none means all of a cluster.
  public func nodes(from place: Int = 0) throws -> [NodeID] {
    try things.dropFirst(place).map { try node($0) }
  }

  private func node(_ name: String) throws -> NodeID {
    guard name.hasPrefix("n"), let number = Int(name.dropFirst()), number > 0 else {
      throw failure("\(name) is no node")
    }
    return NodeID(number - 1)
  }

  /// A span in milliseconds by its name.
  public func milliseconds(_ name: String) throws -> Nanoseconds {
    guard let number = self[name].flatMap(Int64.init) else {
      throw failure("\(name)=MILLISECONDS is missing")
    }
    return .milliseconds(number)
  }
}
