import Determinism

/// What becomes of one message that is let go of.
struct MessageFate {
  /// Why a message does not arrive.
  enum Loss {
    /// It vanished by chance.
    case chance
    /// It was damaged, and a checksum told.
    case corrupted
    /// The queue of its link was full.
    case queueFull
  }

  /// How long it travels, or nil when it is lost.
  var delay: Nanoseconds?
  /// How long its duplicate travels, if it has one.
  var duplicateDelay: Nanoseconds?
  /// Whether it was held back.
  var isHeldBack = false
  /// Whether it travels on a connection, which ends with the process at either end.
  var isConnected = false
  /// Whether it had to wait until its link was free.
  var isQueued = false
  /// Why it is lost, if it is.
  var loss = Loss.chance
  /// What decides how it is altered, if its damage goes unnoticed.
  var damage: Draw?
  /// Its place among events of the same instant.
  var tie: UInt64 = 0

  /// Loses the message, and its duplicate with it.
  mutating func lose(_ reason: Loss) {
    (delay, duplicateDelay, loss) = (nil, nil, reason)
  }
}
