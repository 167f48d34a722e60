/// A space-time diagram as data: one lane for each node, time runs downwards.
public struct Diagram: Codable, Hashable, Sendable {
  /// Something on a line of its own.
  public struct Row: Codable, Hashable, Sendable {
    /// What is drawn.
    public enum Kind: String, Codable, Hashable, Sendable {
      /// A client asks.
      case ask
      /// A message arrives.
      case message
      /// A message is lost.
      case lost
      /// A timer fell due.
      case timer
      /// Something else happens at a node.
      case step
      /// A fault begins or ends.
      case fault
      /// Nothing that matters happens for a while.
      case gap
    }

    /// What is drawn.
    public var kind: Kind
    /// When, in nanoseconds; of a gap, how long.
    public var ns: UInt64
    /// The node at which it happens; null for the world.
    public var node: String?
    /// The sender of a message.
    public var from: String?
    /// The message, or what kind of thing happens.
    public var label: String = ""
    /// What follows from it.
    public var note: String = ""
    /// Whether the node takes on or loses the leading role here.
    public var changes_role = false
    /// Whether the violation shows here.
    public var is_violation = false
    /// The number of the event.
    public var event: UInt64?
  }

  /// A time in which a node does not run.
  public struct Span: Codable, Hashable, Sendable {
    /// The node.
    public var node: String
    /// When it begins, in nanoseconds.
    public var begins_ns: UInt64
    /// When it ends.
    public var ends_ns: UInt64
    /// Whether it is down, and not merely paused.
    public var is_down: Bool
  }

  /// A boundary that messages do not cross for a while.
  public struct Border: Codable, Hashable, Sendable {
    /// The fault.
    public var fault: String
    /// The pairs of sender and recipient between which messages are lost or held up.
    public var pairs: [[String]]
  }

  /// The nodes from left to right.
  public var lanes: [String]
  /// What happens, from the earliest to the latest.
  public var rows: [Row]
  /// When nodes do not run.
  public var spans: [Span]
  /// Who is cut off from whom.
  public var borders: [Border]
  /// Nodes that take part but found no room.
  public var omitted_lanes: [String]
}
