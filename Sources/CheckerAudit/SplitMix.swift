/// The splitmix64 generator: the same seed gives the same histories on every machine.
public struct SplitMix: Sendable {
  private var state: UInt64

  /// Creates the stream of a seed.
  public init(seed: UInt64) {
    state = seed
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var bits = state
    bits = (bits ^ bits >> 30) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ bits >> 27) &* 0x94d0_49bb_1331_11eb
    return bits ^ bits >> 31
  }

  /// A number below a bound; the bias of the remainder does not matter here.
  public mutating func below(_ bound: Int) -> Int {
    Int(next() % UInt64(bound))
  }

  /// Whether something happens that happens this often in a hundred times.
  public mutating func chance(_ percent: Int) -> Bool {
    below(100) < percent
  }
}
