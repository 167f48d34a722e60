import Determinism
import Testing

struct ChecksumTests {
  @Test func `known contents have their published CRC-32C`() {
    let rows: [([UInt8], UInt32)] = [
      ([], 0), (Array("123456789".utf8), 0xE306_9283),
      // RFC 3720, section B.4.
      (Array(repeating: 0, count: 32), 0x8A91_36AA),
      (Array(repeating: 255, count: 32), 0x62A8_AB43),
      (Array(0..<32), 0x46DD_794E),
    ]
    for (content, expected) in rows {
      var sum = Checksum()
      sum.add(content)
      #expect(sum.value == expected)
    }
  }

  @Test func `a checksum can be taken piece by piece`() {
    for cut in 0...32 {
      var first = Checksum()
      first.add(Array(0..<UInt8(cut)))
      var second = Checksum(continuing: first.value)
      second.add(Array(UInt8(cut)..<32))
      #expect(second.value == 0x46DD_794E, "cut at \(cut)")
    }
  }
}
