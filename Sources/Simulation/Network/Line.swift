import Determinism

/// What is on its way in one direction of a link, as far as later messages have to know.
struct Line: Sendable {
  /// When everything sent so far has left.
  private var freeAt = Instant.start
  /// When the last message so far arrives that was not lost.
  private var lastArrival = Instant.start

  /// Adds what bandwidth, damage and order do to the fate of the next message.
  mutating func shape(
    _ fate: inout MessageFate, under conditions: LinkConditions, bytes: Int, at now: Instant,
    _ draw: Draw
  ) {
    if let bandwidth = conditions.bandwidth {
      queue(&fate, bandwidth, bytes: bytes, at: now)
    }
    guard fate.delay != nil else { return }
    if draw.purpose(6).happens(conditions.corruption) {
      guard conditions.isTrusting else { return fate.lose(.corrupted) }
      fate.damage = draw.purpose(7)
    }
    if conditions.order == .fifo { lineUp(&fate, at: now) }
  }

  /// Forgets what is on its way: what is sent from now on travels on another connection.
  mutating func breakConnection() {
    lastArrival = .start
  }

  /// Lets a message wait until the line is free; one that is lost later occupies it as well.
  private mutating func queue(
    _ fate: inout MessageFate, _ bandwidth: Bandwidth, bytes: Int, at now: Instant
  ) {
    let wait = max(.zero, freeAt - now)
    guard !bandwidth.isFull(after: wait) else { return fate.lose(.queueFull) }
    let leaves = wait + bandwidth.time(forBytes: Int64(bytes))
    freeAt = now + leaves
    fate.isQueued = wait > .zero
    fate.delay = fate.delay.map { $0 + leaves }
    fate.duplicateDelay = fate.duplicateDelay.map { $0 + leaves }
  }

  /// Lets a message and its duplicate arrive after everything that was sent before.
  private mutating func lineUp(_ fate: inout MessageFate, at now: Instant) {
    fate.delay = fate.delay.map { arrival(after: $0, at: now) }
    fate.duplicateDelay = fate.duplicateDelay.map { arrival(after: $0, at: now) }
    fate.isConnected = true
    // Behind whatever a clog or a pause that ends at the same instant lets go of.
    fate.tie |= 1 << 39
  }

  /// A delay that is long enough to arrive a nanosecond after the last arrival.
  private mutating func arrival(after delay: Nanoseconds, at now: Instant) -> Nanoseconds {
    lastArrival = max(now + delay, lastArrival + Nanoseconds(1))
    return lastArrival - now
  }
}
