/// A CRC-32C checksum (Castagnoli): finds every single flipped bit and every burst up to 32 bits.
///
/// Reflected polynomial 0x82F63B78, as iSCSI, ext4 and many storage engines use it. It protects
/// against accidents, not against forgery.
public struct Checksum: Hashable, Sendable {
  private var state: UInt32

  /// Creates the checksum of nothing.
  public init() {
    state = .max
  }

  /// Creates a checksum that goes on from another one's value, so that it covers both contents.
  public init(continuing value: UInt32) {
    state = ~value
  }

  /// The checksum of everything that was added.
  public var value: UInt32 { ~state }

  /// Adds bytes.
  public mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { state = state >> 8 ^ Self.table[Int((state ^ UInt32(byte)) & 0xFF)] }
  }

  private static let table: [UInt32] = (UInt32(0)..<256).map { byte in
    (0..<8).reduce(byte) { value, _ in value >> 1 ^ (value & 1 == 0 ? 0 : 0x82F6_3B78) }
  }
}
