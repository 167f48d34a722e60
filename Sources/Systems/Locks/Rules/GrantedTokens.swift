import Determinism
public import ProtocolKit

/// What must hold between a lock service and the resources behind it, which neither sees alone.
///
/// A resource cannot ask whether a token is real: it believes the highest. So one that was never
/// granted locks out every holder to come.
public struct GrantedTokens<Client: StateMachine>: Invariants
where Client.Message == LocksMessage {
  /// Lock servers, storages, and clients of both.
  public typealias Machine = Roles<LockServer, Roles<Storage<LocksMessage>, Client>>

  /// The tokens that were granted, the highest of each lock.
  private var highest = SortedMap<LockName, FencingToken>()
  /// How many events of the service are in the map.
  private var seen = 0
  private var count = 0

  /// The rule.
  public static var rules: [Rule] {
    [
      Rule(
        "token-was-granted", "a storage lets in no token that the servers have not granted",
        because:
          "A resource believes the highest token that it is shown: one that was never granted "
          + "locks out every holder to come.")
    ]
  }

  /// How often the rule had something to decide.
  public var exercised: [Int] { [count] }

  /// Creates the observer of a cluster before its first event.
  public init(configuration: Machine.Configuration, nodeCount: Int) {}

  /// Judges what a storage has let in.
  public mutating func observe(
    _ deed: LocksObservation, by node: NodeID
  ) throws(InvariantViolation) {
    guard let served = deed.asServed, served.request.point.token != .none else { return }
    try judge(served.request, at: node)
  }

  /// Remembers what servers have granted.
  public mutating func observe(
    _ machine: Machine, at node: NodeID, synced: JournalPosition
  ) {
    if let server = machine.first { remember(server.service) }
  }

  private mutating func remember(_ service: LockService) {
    while seen < service.events.count {
      if case .granted(let lock, _, let token) = service.events[seen] {
        highest[lock] = max(token, highest[lock] ?? .none)
      }
      seen += 1
    }
  }

  private mutating func judge(
    _ request: StorageRequest, at node: NodeID
  ) throws(InvariantViolation) {
    count += 1
    let (token, lock) = (request.point.token, request.resource)
    let granted = highest[lock] ?? .none
    guard token > granted else { return }
    throw Self.rules[0].broken(
      "a storage let in a token that was never granted",
      detail:
        "file/\(lock) on \(node): token \(token) of \(request.grant.holder), though the highest "
        + "that was granted is \(granted)")
  }
}
