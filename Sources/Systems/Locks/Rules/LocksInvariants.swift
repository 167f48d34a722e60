import Consensus
import Determinism
public import ProtocolKit

/// The rules of a lock service.
enum LocksRule {
  static let tokenOrder = Rule(
    "fencing-token-order", "every grant has a token above all earlier ones of its lock",
    because:
      "Each grant of a lock has a higher token than the one before: a resource that keeps the "
      + "highest can refuse whoever comes too late only then.")
  static let liveHolder = Rule(
    "holder-has-session", "whoever holds a lock has a session",
    because:
      "A lock ends with the session of its holder: one that is held by nobody alive is never "
      + "free again.")
  static let liveOwner = Rule(
    "ephemeral-entry-has-session", "an entry that goes with a session has one that lives",
    because:
      "Whoever takes a name for as long as it lives frees it by its end: an entry that outlives the "
      + "session keeps the name from everybody for ever.")

  /// All of them, in the order in which reports list them.
  static let all = [tokenOrder, liveHolder, liveOwner]
}

/// What must hold among the servers of a lock service: Raft's rules, and those of locks.
public struct LocksInvariants: Invariants {
  /// The servers that are judged.
  public typealias Machine = LockServer

  private var raft: RaftInvariants<LockService>
  /// How many events of the service each server had applied when last seen.
  private var seen: MemberMap<Int>
  /// The events of the service that were judged already, whoever applied them first.
  private var judged = 0
  private var tokens = SortedMap<LockName, FencingToken>()
  private var grantCount = 0
  private var holderCount = 0
  private var ownerCount = 0

  /// The rules of Raft, and those of locks.
  public static var rules: [Rule] { RaftInvariants<LockService>.rules + LocksRule.all }

  /// How often each rule had something to decide.
  public var exercised: [Int] { raft.exercised + [grantCount, holderCount, ownerCount] }

  /// Creates the observer of a cluster before its first event.
  public init(configuration: LockServer.Configuration, nodeCount: Int) {
    raft = RaftInvariants(configuration: configuration.raft, nodeCount: nodeCount)
    seen = MemberMap(repeating: 0, of: configuration.raft.members)
  }

  /// Shows Raft's messages to Raft's rules.
  public mutating func observeSend(
    of message: LocksMessage, from sender: NodeID, to recipient: NodeID
  ) throws(InvariantViolation) {
    if case .raft(let message) = message {
      try raft.observeSend(of: message, from: sender, to: recipient)
    }
  }

  /// Looks at a server after an event.
  public mutating func observe(
    _ server: LockServer, at node: NodeID, synced: JournalPosition
  ) throws(InvariantViolation) {
    try raft.observe(server.raft, at: node, synced: synced)
    let count = server.service.events.count
    guard count != seen[node] else { return }
    seen[node] = count
    try judgeEvents(of: server.service)
    try judgeHolders(of: server.service)
    try judgeOwners(of: server.service)
  }

  /// Forgets what a server had in memory only.
  public mutating func observeCrash(of node: NodeID, journalEnd: JournalPosition) {
    raft.observeCrash(of: node, journalEnd: journalEnd)
    seen[node] = 0
  }

  /// Forgets what a server had promised.
  public mutating func observeWipe(of node: NodeID) {
    raft.observeWipe(of: node)
    seen[node] = 0
  }

  /// Tells Raft's rules that all faults have ended.
  public mutating func observeHeal() {
    raft.observeHeal()
  }

  /// Judges the end by Raft's rules.
  public mutating func observeEnd() throws(InvariantViolation) {
    try raft.observeEnd()
  }
}

extension LocksInvariants {
  /// Every grant has a token above all earlier ones of its lock.
  private mutating func judgeEvents(of service: LockService) throws(InvariantViolation) {
    while judged < service.events.count {
      let event = service.events[judged]
      judged += 1
      guard case .granted(let lock, _, let token) = event else { continue }
      grantCount += 1
      let latest = tokens[lock] ?? .none
      tokens[lock] = token
      guard token <= latest else { continue }
      throw LocksRule.tokenOrder.broken(
        "a grant has a token that is not above the one before",
        detail: "lock/\(lock) was granted with token \(token) after \(latest)")
    }
  }

  /// An entry that belongs to a session goes with it.
  private mutating func judgeOwners(of service: LockService) throws(InvariantViolation) {
    for (name, entry) in service.entries {
      guard let owner = entry.owner else { continue }
      ownerCount += 1
      guard service.sessions[owner] == nil else { continue }
      throw LocksRule.liveOwner.broken(
        "an ephemeral entry outlived its session",
        detail: "entry \(name.number) belongs to session \(owner), which has ended")
    }
  }

  /// Whoever holds a lock has a session, or nothing would ever take the lock away.
  private mutating func judgeHolders(of service: LockService) throws(InvariantViolation) {
    for (name, lock) in service.locks {
      guard let holder = lock.holder else { continue }
      holderCount += 1
      guard service.sessions[holder] == nil else { continue }
      throw LocksRule.liveHolder.broken(
        "a lock is held by a session that has ended",
        detail: "lock/\(name) with token \(lock.token) belongs to session \(holder)")
    }
  }
}
