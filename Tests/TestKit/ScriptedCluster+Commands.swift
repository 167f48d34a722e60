import Determinism
public import ProtocolKit

/// What transcripts know about one protocol beyond what all machines have in common.
public struct TranscriptLanguage<Machine: StateMachine> {
  /// Creates the cluster that the first command describes.
  public let start: (Words) throws -> ScriptedCluster<Machine>
  /// What a client asks; nil for words that the protocol does not know.
  public let request: (Words, _ number: UInt64) throws -> Machine.Message?
  /// A machine's state in a few words.
  public let show: (Machine) -> String

  /// Creates a language.
  public init(
    start: @escaping (Words) throws -> ScriptedCluster<Machine>,
    request: @escaping (Words, _ number: UInt64) throws -> Machine.Message?,
    show: @escaping (Machine) -> String
  ) {
    self.start = start
    self.request = request
    self.show = show
  }

  /// Plays a transcript again.
  public func replay(_ transcript: Transcript) throws -> Transcript {
    var cluster: ScriptedCluster<Machine>?
    return try transcript.replayed { words in
      guard var playing = cluster.take() else {
        cluster = try start(words)
        return cluster?.takeLog() ?? []
      }
      defer { cluster = playing }
      do {
        try playing.carryOut(words, in: self)
      } catch let violation as InvariantViolation {
        return playing.takeLog() + ["broken: \(violation.property): \(violation.detail)"]
      }
      return playing.takeLog()
    }
  }
}

extension ScriptedCluster {
  /// Does what a command says.
  mutating func carryOut(_ words: Words, in language: TranscriptLanguage<Machine>) throws {
    switch words.verb {
    case "fire": try fire(timer(words), at: words.node())
    case "sync": try sync(words.node())
    case "deliver": try deliver(from: words.node(), to: words.node(1))
    case "drop": try drop(from: words.node(), to: words.node(1))
    case "settle":
      let group = try words.nodes()
      try settle(group.isEmpty ? nil : group)
    case "crash": try crash(words.node())
    case "power-loss": try losePower(words.node())
    case "restart": try restart(words.node())
    case "install": try install(version: Int(words.number("release")), on: words.node())
    case "wait": now = try now + words.milliseconds("ms")
    case "wall": try setWallClock(of: words.node(), to: words.milliseconds("ms"))
    case "show":
      let group = try words.nodes()
      log += (group.isEmpty ? members : group).map { node in
        isUp(node) ? "\(node) \(language.show(self[node]))" : "\(node) is down"
      }
    default:
      guard let message = try language.request(words, nextRequest()) else {
        throw words.failure("an unknown command")
      }
      let from = words["from"].flatMap { Int($0.dropFirst()) }.map { NodeID($0 - 1) }
      try hand(message, from: from ?? NodeID(40), to: words.node())
    }
  }

  /// The timer that a command names among those that are set.
  private func timer(_ words: Words) throws -> Machine.Timer {
    let node = try words.node()
    let name = words.things.dropFirst().joined(separator: " ")
    guard isUp(node), let timer = timers(of: node).first(where: { self[node].name(of: $0) == name })
    else { throw words.failure("no such timer is set at \(node)") }
    return timer
  }
}
