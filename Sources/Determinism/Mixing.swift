/// Multiplies two words to twice their width and folds the halves together.
///
/// The building block of the digest and of keyed randomness: one multiplication, every input bit
/// reaches most output bits (the construction of wyhash).
@inline(__always)
func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
  let product = left.multipliedFullWidth(by: right)
  return product.high ^ product.low
}

/// Odd constants with about as many one bits as zero bits, taken from the digits of well-known numbers.
enum MixingConstant {
  static let goldenRatio: UInt64 = 0x9E37_79B9_7F4A_7C15
  static let pi: UInt64 = 0x243F_6A88_85A3_08D3
  static let euler: UInt64 = 0xB7E1_5162_8AED_2A6B
  static let rootTwo: UInt64 = 0x6A09_E667_F3BC_C909
}
