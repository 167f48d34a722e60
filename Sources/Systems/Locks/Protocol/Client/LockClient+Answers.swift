import Determinism
import ProtocolKit

/// How a client understands answers and events.
extension LockClient {
  mutating func hear(
    _ reply: ServiceReply<LockService>, from sender: NodeID, _ effects: inout Effects<Message>
  ) -> LockNews? {
    if let beat, reply.id == beat.request { return hearBeat(reply.body, beat, &effects) }
    guard let call, reply.id == call.request else { return nil }
    switch reply.body {
    case .response(let response):
      self.call = nil
      effects.cancelTimer(inner: Timer.call)
      return take(response, to: call, &effects)
    case .notLeader(let hint):
      follow(hint, &effects)
      if hint != nil { return askAgain(&effects) }
      effects.setTimer(
        inner: Timer.call, after: effects.choose().between(.milliseconds(1), .milliseconds(20)))
    case .sessionOpened, .sessionExpired: break
    }
    return nil
  }

  private mutating func hearBeat(
    _ body: ServiceReply<LockService>.Body, _ beat: Call, _ effects: inout Effects<Message>
  ) -> LockNews? {
    switch body {
    case .response(.alive):
      self.beat = nil
      extendLease(to: beat.sentAt, &effects)
    case .response(.sessionExpired):
      self.beat = nil
      let isDeaf = configuration.defects.contains(.grantAfterExpiry) && watch != nil
      if !isDeaf { return loseSession(&effects) }
    case .notLeader(let hint):
      self.beat = nil
      follow(hint, &effects)
      if hint != nil { keepAlive(isDue: false, &effects) }
    case .response, .sessionOpened, .sessionExpired:
      preconditionFailure("a session that was to be kept alive lives or has expired")
    }
    return nil
  }

  private mutating func take(
    _ response: LockService.Response, to call: Call, _ effects: inout Effects<Message>
  ) -> LockNews? {
    switch response {
    case .opened(let id):
      session = Session(id: id, lease: call.sentAt)
      extendLease(to: call.sentAt, &effects)
      effects.setTimer(inner: Timer.keepAlive, after: configuration.timeToLive / 3)
      pursue(&effects)
      return nil
    case .granted(let lock, let token): return takeGrant(of: lock, token, &effects)
    case .queued(let revision):
      seen = revision
      startWatch(isResumed: false, &effects)
      return nil
    case .released(let isDone):
      forgetLock(&effects)
      return .released(isDone)
    case .sessionExpired: return loseSession(&effects)
    case .entries(let entries, let revision): return takeEntries(entries, revision, &effects)
    case .entry(_, let version): return takeWrite(.written(version: version))
    case .mismatch: return takeWrite(.mismatch)
    case .alive, .closed, .free, .absent: return nil
    }
  }

  private mutating func takeGrant(
    of lock: LockName, _ token: FencingToken, _ effects: inout Effects<Message>
  ) -> LockNews? {
    guard intent == .acquire(lock), var session else { return nil }
    stopWatch(&effects)
    held = (lock, token)
    intent = .nothing
    if configuration.defects.contains(.grantAfterExpiry) {
      session.lease = leaseFromNow(effects)
      self.session = session
    }
    let left = session.lease.remaining(effects)
    effects.mark("lock-granted")
    // Of the session only its beginning and its end matter, not each of its locks.
    effects.note("\(id) takes lock/\(lock) with token \(token) in session \(session.id.number)")
    effects.note("\(id) believes that its lease holds for another \(left.inWords)")
    return .granted
  }

  /// Learns events in order, and finds out whether one of them is the grant it waits for.
  mutating func see(
    _ events: [LockService.Event], upTo revision: Revision, _ effects: inout Effects<Message>
  ) -> LockNews? {
    let first = Revision(revision.number - UInt64(events.count))
    if let seen, first > seen { missed = seen.next...first }
    seen = max(seen ?? revision, revision)
    for event in events {
      if case .granted(let lock, let owner, let token) = event, owner == session?.id,
        let news = takeGrant(of: lock, token, &effects)
      {
        return news
      }
    }
    if watch != nil { startWatch(isResumed: false, &effects) }
    return watchesEntries ? changes(in: events) : nil
  }

  private mutating func extendLease(to lease: Lease, _ effects: inout Effects<Message>) {
    guard let session else { return }
    let countsFromReply = configuration.defects.contains(.expiryFromReply)
    let anchored = countsFromReply ? leaseFromNow(effects) : lease
    self.session?.lease = anchored.end > session.lease.end ? anchored : session.lease
    guard countsFromReply else { return }
    let age = (anchored.end - lease.end).inWords
    effects.note(
      "\(id) counts its lease of session \(session.id) from this answer, \(age) after it asked")
  }

  private mutating func loseSession(_ effects: inout Effects<Message>) -> LockNews? {
    guard let lost = session else { return nil }
    effects.mark("session-lost")
    effects.note("\(id) learns that its session \(lost.id) has expired")
    session = nil
    call = nil
    beat = nil
    effects.cancelTimer(inner: Timer.call)
    effects.cancelTimer(inner: Timer.keepAlive)
    let wasIdle = intent == .nothing && held == nil
    forgetLock(&effects)
    return wasIdle ? nil : .lost
  }

  private mutating func forgetLock(_ effects: inout Effects<Message>) {
    if !watchesEntries { stopWatch(&effects) }
    held = nil
    intent = .nothing
  }

  private mutating func stopWatch(_ effects: inout Effects<Message>) {
    guard watch != nil else { return }
    watch = nil
    effects.cancelTimer(inner: Timer.watch)
  }
}
