public import Determinism
public import ProtocolKit

/// The smallest machine that keeps an event loop busy: every message is answered.
public struct Echo: StateMachine {
  /// A ball that goes back and forth.
  public struct Message: Hashable, WireMessage {
    /// How often it was answered.
    public let bounces: UInt64

    /// Shows how often it was answered.
    @inline(__always)
    public func visitFields(_ visitor: inout some FieldVisitor) {
      visitor.visit(bounces)
    }

    /// The ball in words.
    public var description: String { "bounce \(bounces)" }
  }

  /// Wakes a node to serve a new ball, because some are lost.
  public enum Timer: UInt64, Sendable {
    /// Time to serve.
    case serve
  }

  /// Who plays with whom.
  public struct Configuration: Sendable {
    let nodeCount: Int
    /// How many of the nodes behind it in the circle each node plays with.
    let partners: Int
  }

  private let id: NodeID
  private let partners: [NodeID]

  /// Creates a player.
  public init(id: NodeID, configuration: Configuration, recovery: Recovery) {
    self.id = id
    partners = (1...configuration.partners).map {
      NodeID((id.denseIndex + $0) % configuration.nodeCount)
    }
  }

  /// Serves a ball to every partner.
  public mutating func start(_ effects: inout Effects<Message>) {
    for partner in partners { effects.send(Message(bounces: 0), to: partner) }
    effects.setTimer(Timer.serve, after: .microseconds(10))
  }

  /// Returns a ball.
  @inline(__always)
  public mutating func receive(
    _ message: Message, from sender: NodeID, _ effects: inout Effects<Message>
  ) {
    effects.send(Message(bounces: message.bounces + 1), to: sender)
  }

  /// Serves a new ball now and then, so that lost ones are replaced.
  public mutating func timerFired(_ timer: Timer, _ effects: inout Effects<Message>) {
    effects.setTimer(timer, after: .microseconds(10))
    if id == NodeID(0) { effects.send(Message(bounces: 0), to: NodeID(1)) }
  }
}
