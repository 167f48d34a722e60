/// Holds messages back until everything is on the disk that they promise.
///
/// Who answers before its journal is synced promises what a loss of power takes back.
public struct PromiseGate<Message: WireMessage>: Sendable {
  private struct Held: Sendable {
    let until: JournalPosition
    let message: Message
    let recipient: NodeID
  }

  /// What is known to be on the disk.
  public private(set) var synced = JournalPosition.start
  private var held: [Held] = []

  /// Creates a gate behind which nothing waits; nothing is known to be on the disk.
  public init() {}

  /// Sends a message as soon as everything written so far is on the disk, at once if it is.
  @inline(__always)
  public mutating func promise(
    _ message: Message, to recipient: NodeID, _ effects: inout Effects<Message>
  ) {
    guard synced < effects.journalEnd else { return effects.send(message, to: recipient) }
    held.append(Held(until: effects.journalEnd, message: message, recipient: recipient))
  }

  /// Learns what is on the disk now, and lets go what waited for it, in the order of promising.
  @inline(__always)
  public mutating func open(
    through position: JournalPosition, _ effects: inout Effects<Message>
  ) {
    synced = max(synced, position)
    let ready = held.prefix { $0.until <= synced }.count
    for message in held.prefix(ready) { effects.send(message.message, to: message.recipient) }
    held.removeFirst(ready)
  }
}
