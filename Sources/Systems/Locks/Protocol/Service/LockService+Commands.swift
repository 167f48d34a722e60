import Determinism
import ProtocolKit

/// What commands do.
extension LockService {
  mutating func keepAlive(_ id: LockSessionID, _ timeToLive: Nanoseconds) -> Response {
    guard sessions[id] != nil || defects.contains(.reviveExpired) else { return .sessionExpired }
    sessions[id, default: Session(timeToLive: timeToLive)].epoch += 1
    sessionChanges += 1
    return .alive
  }

  /// Ends a session unless it was kept alive after the leader decided.
  mutating func expire(_ id: LockSessionID, seen epoch: UInt64) -> Response {
    guard let session = sessions[id] else { return .sessionExpired }
    guard session.epoch == epoch || defects.contains(.expiryRace) else { return .alive }
    append(.expired(id))
    end(id)
    return .sessionExpired
  }

  /// Carries out a numbered command, or repeats the answer of an earlier copy.
  mutating func applyOnce(_ command: Command) -> Response {
    guard let session = sessions[command.session] else {
      if case .release(let name, _) = command.body, defects.contains(.releaseNotOwner) {
        return .released(release(name))
      }
      return .sessionExpired
    }
    guard command.sequence > session.sequence else { return session.response }
    let response = perform(command)
    if sessions[command.session] != nil {
      sessions[command.session]?.sequence = command.sequence
      sessions[command.session]?.response = response
    }
    return response
  }

  private mutating func perform(_ command: Command) -> Response {
    switch command.body {
    case .acquire(let name): return acquire(name, for: command.session)
    case .release(let name, let token):
      leaveQueue(of: name, command.session)
      let isOwner = locks[name].map { $0.holder == command.session && $0.token == token } ?? false
      guard isOwner || defects.contains(.releaseNotOwner) else { return .released(false) }
      return .released(release(name))
    case .put(let write): return put(write, by: command.session)
    case .close:
      end(command.session)
      return .closed
    case .open, .keepAlive, .expire: return .closed
    }
  }

  private mutating func acquire(_ name: LockName, for id: LockSessionID) -> Response {
    let lock = locks[name, default: Lock()]
    if lock.holder == nil {
      grant(name, to: id)
      return .granted(name, locks[name]?.token ?? .none)
    }
    if lock.holder == id { return .granted(name, lock.token) }
    if !lock.queue.contains(id) { locks[name]?.queue.append(id) }
    return .queued(revision)
  }

  private mutating func grant(_ name: LockName, to id: LockSessionID) {
    var lock = locks[name, default: Lock()]
    let isReissued =
      defects.contains(.reissuedToken) && !lock.isTokenSpent && lock.token != .none
    if !isReissued { lock.token = FencingToken(lock.token.number + 1) }
    lock.isTokenSpent = false
    lock.holder = id
    locks[name] = lock
    append(.granted(name, id, lock.token))
  }

  private mutating func release(_ name: LockName) -> Bool {
    guard locks[name]?.holder != nil else { return false }
    locks[name]?.isTokenSpent = true
    append(.released(name))
    passOn(name)
    return true
  }

  /// Gives a lock to the first in its queue whose session lives.
  private mutating func passOn(_ name: LockName) {
    locks[name]?.holder = nil
    while let next = locks[name]?.queue.first {
      locks[name]?.queue.removeFirst()
      guard sessions[next] != nil || defects.contains(.grantAfterExpiry) else { continue }
      return grant(name, to: next)
    }
  }

  private mutating func leaveQueue(of name: LockName, _ id: LockSessionID) {
    locks[name]?.queue.removeAll { $0 == id }
  }

  private mutating func end(_ id: LockSessionID) {
    sessions[id] = nil
    sessionChanges += 1
    removeEntries(of: id)
    for name in locks.keys {
      if !defects.contains(.grantAfterExpiry) { leaveQueue(of: name, id) }
      if locks[name]?.holder == id { passOn(name) }
    }
  }

  private mutating func append(_ event: Event) {
    events.append(event)
  }
}
