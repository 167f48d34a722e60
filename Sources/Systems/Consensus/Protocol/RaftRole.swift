import Determinism
public import ProtocolKit

/// What a server is at the moment, with exactly what it needs to know for that.
public enum Role: Sendable {
  /// Follows a leader, if it knows one.
  case follower(leader: NodeID?)
  /// Asks for votes.
  case candidate(Candidacy)
  /// Leads.
  case leader(Leadership)

  /// Whether this server leads.
  public var isLeader: Bool {
    if case .leader = self { true } else { false }
  }

  /// The leadership, changed in place; nil unless this server leads.
  var leadership: Leadership? {
    get { if case .leader(let leadership) = self { leadership } else { nil } }
    _modify {
      guard case .leader(let current) = self else {
        var nobody: Leadership?
        yield &nobody
        return
      }
      // The role lets go of its payload meanwhile, so that the change copies nothing.
      var leadership: Leadership? = current
      self = .follower(leader: nil)
      defer { if let leadership { self = .leader(leadership) } }
      yield &leadership
    }
  }
}

/// An election under way.
public struct Candidacy: Sendable {
  /// Who granted a vote.
  var votes = NodeSet()
  /// The journal record that holds this server's vote for itself.
  var ownVote: JournalPosition
}

/// What a leader keeps in mind.
public struct Leadership: Sendable {
  /// What is known about one follower.
  struct Progress: Sendable {
    /// The last entry known to be durable there and equal to ours.
    var matchIndex = LogIndex.zero
    /// The next entry to send.
    var nextIndex: LogIndex
    /// Where sending begins again after silence: behind what is known or last guessed to match.
    var resendIndex: LogIndex
    /// How many appends are unanswered.
    var inFlight = 0
    /// Whether anything was heard since the last heartbeat.
    var isResponsive = false
    /// The latest round in which it acknowledged our leadership.
    var round: UInt64 = 0
  }

  /// A client that waits for its entry to be applied.
  struct WaitingClient: Sendable {
    let client: NodeID
    let request: RequestID
  }

  /// What is known about each server; our own entry is unused.
  var followers: MemberMap<Progress>
  /// The first entry of our term, a no-op.
  let firstIndex: LogIndex
  /// The latest round of asking whether we still lead.
  var round: UInt64 = 0
  /// The latest round in which a majority agreed.
  var confirmedRound: UInt64 = 0
  /// The clients of entries that are not applied yet.
  var waiting = SortedMap<LogIndex, WaitingClient>()
}
