import Determinism
import Histories
import ProtocolKit
import Simulation

/// A machine that does little, on every beat of a timer, and remembers all that happens to it.
struct Probe: StateMachine {
  /// What a probe does on every beat.
  enum Habit: Sendable {
    /// The first node sends a numbered message to each other node.
    case talk
    /// Every node sends a numbered message to each other node.
    case chatter
    /// Writes a numbered record, and asks for a sync now and then.
    case journal
    /// Sends, writes, asks and answers by choice.
    case everything
    /// Sends to the node that a hash table happens to list first: a planted leak of hash order.
    case leak
  }

  struct Configuration: Sendable {
    var nodeCount: Int
    var habit: Habit
    var beat: Nanoseconds
    var beats = Int.max
    /// Who claims to lead.
    var leaders: [NodeID] = []
  }

  struct Message: Hashable, WireMessage {
    let number: UInt64

    /// One, two or three hundred bytes in turn.
    var wireSize: Int { 100 * Int(number % 3 + 1) }

    func visitFields(_ visitor: inout some FieldVisitor) { visitor.visit(number) }

    func corrupted(_ draw: Draw) -> Message? { Message(number: number + 1 << 20) }

    var description: String { "number \(number)" }
  }

  enum Timer: UInt64, Sendable {
    case beat = 1
  }

  struct Entry: BinaryCodable {
    let number: UInt64

    init(number: UInt64) {
      self.number = number
    }

    func encode(into writer: inout ByteWriter) { writer.write(number) }

    init(from reader: inout ByteReader) throws(DecodingFailure) {
      number = try reader.readNumber()
    }
  }

  /// A message that arrived.
  struct Heard: Hashable, Sendable {
    let sender: NodeID
    let number: UInt64
    let at: LocalTime
  }

  /// A sync that was reported.
  struct Report: Hashable, Sendable {
    let position: JournalPosition
    let at: LocalTime
  }

  let id: NodeID
  let configuration: Configuration
  let incarnation: Int
  let version: Int
  /// The numbers found in the journal, and those written since.
  private(set) var written: [UInt64]
  private(set) var heard: [Heard] = []
  private(set) var reports: [Report] = []
  private(set) var startedAt: LocalTime?
  private(set) var beatsAt: [LocalTime] = []
  private(set) var wallClocks: [LocalTime] = []
  private var nextNumber: UInt64
  private var recipients: [Set<Int>] = []
  private var underWay: OperationID?

  init(id: NodeID, configuration: Configuration, recovery: Recovery) throws(RecoveryFailure) {
    self.id = id
    self.configuration = configuration
    incarnation = recovery.incarnation
    version = recovery.version
    nextNumber = UInt64(recovery.incarnation) << 32
    written = []
    for record in recovery.records {
      var reader = ByteReader(record.bytes)
      do throws(DecodingFailure) {
        written.append(try Entry(from: &reader).number)
      } catch {
        throw RecoveryFailure(position: record.position, reason: error.expectation)
      }
    }
  }

  var isLeading: Bool { configuration.leaders.contains(id) }

  mutating func start(_ effects: inout Effects<Message>) {
    startedAt = effects.now
    effects.mark("started")
    effects.setTimer(Timer.beat, after: configuration.beat)
  }

  mutating func receive(
    _ message: Message, from sender: NodeID, _ effects: inout Effects<Message>
  ) {
    heard.append(Heard(sender: sender, number: message.number, at: effects.now))
    if case .everything = configuration.habit, effects.choose().happens(.percent(30)) {
      effects.send(Message(number: message.number + 1), to: sender)
      write(&effects)
    }
  }

  mutating func timerFired(_ timer: Timer, _ effects: inout Effects<Message>) {
    beatsAt.append(effects.now)
    wallClocks.append(effects.wallClock)
    if beatsAt.count < configuration.beats {
      effects.setTimer(Timer.beat, after: configuration.beat)
    }
    switch configuration.habit {
    case .talk: if id == NodeID(0) { broadcast(&effects) }
    case .chatter: broadcast(&effects)
    case .journal: write(&effects)
    case .everything: act(&effects)
    case .leak: leak(&effects)
    }
    nextNumber += 1
  }

  mutating func journalSynced(_ position: JournalPosition, _ effects: inout Effects<Message>) {
    reports.append(Report(position: position, at: effects.now))
  }

  private var peers: [NodeID] {
    (0..<configuration.nodeCount).map { NodeID($0) }.filter { $0 != id }
  }

  private func broadcast(_ effects: inout Effects<Message>) {
    for peer in peers { effects.send(Message(number: nextNumber), to: peer) }
  }

  private mutating func write(_ effects: inout Effects<Message>) {
    written.append(nextNumber)
    effects.append(Entry(number: nextNumber))
    if effects.choose().happens(.percent(30)) { effects.syncJournal() }
  }

  private mutating func act(_ effects: inout Effects<Message>) {
    if let operation = underWay {
      effects.complete(operation, .ok(.none))
      underWay = nil
    } else {
      let process = ProcessID(Int64(id.index))
      underWay = effects.invoke(Invocation(process: process, function: "read"))
    }
    if let peer = effects.choose().element(of: peers) {
      effects.send(Message(number: nextNumber), to: peer)
    }
    if effects.choose().happens(.percent(50)) { write(&effects) }
    effects.note("beat \(nextNumber)")
  }

  private mutating func leak(_ effects: inout Effects<Message>) {
    let table = Set(peers.map(\.denseIndex))
    recipients.append(table)  // kept, so that each table has an address and an order of its own
    guard let first = table.first(where: { _ in true }) else { return }
    effects.send(Message(number: nextNumber), to: NodeID(first))
  }
}
