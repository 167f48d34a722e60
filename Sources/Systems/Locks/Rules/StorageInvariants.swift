import Determinism
public import ProtocolKit

/// The rules at the resource.
enum StorageRule {
  static let mutualExclusion = Rule(
    "mutual-exclusion-at-resource", "no write of an earlier holder comes after a later holder",
    because:
      "A lock protects what is written under it: a write of an earlier holder that comes after a "
      + "later holder's undoes work that the later one was promised to have for itself.")
  static let oneHolderPerToken = Rule(
    "one-holder-per-token", "a token belongs to one grant",
    because:
      "A token belongs to one grant: two holders with the same one cannot be told apart, and "
      + "fencing lets both in.")
  static let highWaterMark = Rule(
    "fence-mark-monotone", "the highest token that a resource saw never goes back",
    because:
      "The highest token that was seen never goes back: forgotten, it lets in whoever was locked "
      + "out.")

  /// All of them, in the order in which reports list them.
  static let all = [mutualExclusion, oneHolderPerToken, highWaterMark]
}

/// What must hold where a lock matters: at the resource that it protects.
///
/// Grants are ordered by their tokens, or without tokens by their first request that was served. Once a
/// resource has served a later grant, a write under an earlier one breaks mutual exclusion: its
/// holder acts on what it saw before.
public struct StorageInvariants<Message: StorageMessage>: Invariants {
  /// The storages that are judged.
  public typealias Machine = Storage<Message>

  private struct Ghost: Sendable {
    var latest: GrantID?
    var token = FencingToken.none
    var ordinals = SortedMap<GrantID, UInt64>()
    var mark = FencePoint.start
    var holders = SortedMap<FencingToken, GrantID>()
  }

  private var ghosts = SortedMap<LockName, Ghost>()
  /// What was served and is not on the disk yet.
  private var pending = SortedMap<NodeID, [ServedRequest]>()
  private var counts: [Int] = Array(repeating: 0, count: StorageRule.all.count)
  private let promisesFencing: Bool

  /// The rules at the resource.
  public static var rules: [Rule] { StorageRule.all }

  /// How often each rule had something to decide.
  public var exercised: [Int] { counts }

  /// Creates the observer of a cluster before its first event.
  public init(configuration: Storage<Message>.Configuration, nodeCount: Int) {
    promisesFencing = configuration.fencing != .none
  }

  /// Remembers what a storage served until it is on the disk.
  public mutating func observe(_ deed: Message.Observation, by node: NodeID) {
    if let served = deed.asServed { pending[node, default: []].append(served) }
  }

  /// Judges what a storage served, once it is on the disk and may be known to somebody.
  public mutating func observe(
    _ storage: Storage<Message>, at node: NodeID, synced: JournalPosition
  ) throws(InvariantViolation) {
    while let served = pending[node]?.first, served.until <= synced {
      pending[node]?.removeFirst()
      let resource = served.request.resource
      var ghost = ghosts[resource, default: Ghost()]
      try judge(served.request, &ghost)
      try judge(mark: storage.resources[resource]?.mark ?? .start, of: resource, &ghost)
      ghosts[resource] = ghost
    }
  }

  /// Forgets what nobody was told of and nothing remembers.
  public mutating func observeCrash(of node: NodeID, journalEnd: JournalPosition) {
    pending[node]?.removeAll { $0.until > journalEnd }
  }
}

extension StorageInvariants {
  private mutating func judge(
    _ request: StorageRequest, _ ghost: inout Ghost
  ) throws(InvariantViolation) {
    let token = request.point.token
    let ordinal = ghost.ordinals[request.grant] ?? UInt64(ghost.ordinals.count) + 1
    ghost.ordinals[request.grant] = ordinal
    let latest = ghost.latest ?? request.grant
    let isLate =
      token == .none ? ordinal < ghost.ordinals[latest] ?? 0 : token < ghost.token
    if case .write = request.action {
      counts[0] += 1
      if isLate {
        throw StorageRule.mutualExclusion.broken(
          "a write of an earlier holder was accepted after a later holder came",
          detail: "file/\(request.resource): \(request.grant.holder)\(words(token)) wrote after "
            + "\(latest.holder)\(words(ghost.token)) had the lock")
      }
    }
    if !isLate { (ghost.latest, ghost.token) = (request.grant, token) }
    guard token != .none else { return }
    counts[1] += 1
    let holder = ghost.holders[token] ?? request.grant
    ghost.holders[token] = holder
    if holder != request.grant {
      throw StorageRule.oneHolderPerToken.broken(
        "one token served two grants",
        detail: "file/\(request.resource): token \(token) was shown by \(holder.holder) and by "
          + "\(request.grant.holder)")
    }
  }

  private mutating func judge(
    mark: FencePoint, of resource: LockName, _ ghost: inout Ghost
  ) throws(InvariantViolation) {
    guard promisesFencing else { return }
    counts[2] += 1
    if mark.token < ghost.mark.token {
      throw StorageRule.highWaterMark.broken(
        "a resource forgot the highest token",
        detail: "file/\(resource) went from token \(ghost.mark) back to \(mark)")
    }
    ghost.mark = mark
  }

  private func words(_ token: FencingToken) -> Sentence {
    token == .none ? "" : " with token \(token)"
  }
}
