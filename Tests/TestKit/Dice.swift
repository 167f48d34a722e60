/// A stream of random numbers for tests (splitmix64); the same seed gives the same stream for ever.
///
/// It shares no code with the randomness that it helps to test.
public struct Dice: Sendable {
  private var state: UInt64

  /// Creates the stream of a seed.
  public init(seed: UInt64) {
    state = seed
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
    return bits ^ bits >> 31
  }

  /// A number below a bound above zero; the bias of the remainder does not matter here.
  public mutating func below(_ bound: Int) -> Int {
    Int(next() % UInt64(bound))
  }

  /// Whether something happens that happens this often in a hundred times.
  public mutating func chance(percent: Int) -> Bool {
    below(100) < percent
  }
}
