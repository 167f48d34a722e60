/// A running 64-bit fingerprint of everything that happened so far.
///
/// Two runs with equal digests did the same; once two runs differ, their digests differ from then
/// on. It detects accidents, not adversaries. Absorbing two words costs one multiplication.
public struct Digest: Hashable, Sendable, Codable {
  /// The fingerprint so far.
  public private(set) var value: UInt64

  /// Creates the digest of nothing.
  public init() {
    value = MixingConstant.pi
  }

  /// Continues from a fingerprint that was written down earlier.
  public init(resuming value: UInt64) {
    self.value = value
  }

  /// Absorbs one word.
  @inline(__always)
  public mutating func absorb(_ word: UInt64) {
    let product = fold(value ^ MixingConstant.rootTwo, word ^ MixingConstant.euler)
    value = product &+ turned &+ (word ^ MixingConstant.pi)
  }

  /// Absorbs two words.
  @inline(__always)
  public mutating func absorb(_ first: UInt64, _ second: UInt64) {
    let product = fold(value ^ first ^ MixingConstant.goldenRatio, second ^ MixingConstant.euler)
    value = product &+ turned &+ second
  }

  /// The value so far with its bits in other places, so that no word leaves the digest as it was.
  @inline(__always)
  private var turned: UInt64 { value << 23 | value >> 41 }

  /// Absorbs a text byte by byte, and its length.
  public mutating func absorb(_ text: String) {
    for byte in text.utf8 { absorb(UInt64(byte)) }
    absorb(UInt64(text.utf8.count))
  }

  /// Absorbs any value that knows how to be fingerprinted.
  @inline(__always)
  public mutating func absorb(_ value: some Digestible) {
    value.absorb(into: &self)
  }
}

/// A value that can be fingerprinted the same way in every process.
public protocol Digestible {
  /// Adds all that distinguishes this value to a digest.
  func absorb(into digest: inout Digest)
}

extension Digest: CustomStringConvertible {
  /// Sixteen hexadecimal digits.
  public var description: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// Finds where two runs part: the first position at which their running digests differ.
///
/// Running digests never meet again once they differ, so bisection suffices: O(log n).
/// Returns nil when one run is a prefix of the other, or both are equal.
public func firstDivergence(
  _ left: some RandomAccessCollection<UInt64>, _ right: some RandomAccessCollection<UInt64>
) -> Int? {
  var low = 0
  var high = Swift.min(left.count, right.count)
  let shared = high
  while low < high {
    let middle = (low + high) / 2
    let leftIndex = left.index(left.startIndex, offsetBy: middle)
    let rightIndex = right.index(right.startIndex, offsetBy: middle)
    if left[leftIndex] == right[rightIndex] { low = middle + 1 } else { high = middle }
  }
  return low < shared ? low : nil
}
