import Determinism
import Testing

/// What keyed randomness gives, pinned for ever: a change here changes what every seed means.
struct RandomnessGoldenTests {
  /// A key and the bits that belong to it.
  private struct Row {
    let seed: UInt64
    let site: Site
    let subject: UInt64
    let ordinal: UInt64
    let bits: UInt64

    init(_ seed: UInt64, _ site: Site, _ subject: UInt64, _ ordinal: UInt64, _ bits: UInt64) {
      self.seed = seed
      self.site = site
      self.subject = subject
      self.ordinal = ordinal
      self.bits = bits
    }
  }

  private static let rows = [
    Row(0, .message, 0, 0, 0x1182_FB71_C817_2D5A),
    Row(0, .message, 0, 1, 0x976B_76AC_A38E_BEA5),
    Row(0, .message, 1, 0, 0xEA64_E9FB_79C0_C122),
    Row(1, .message, 0, 0, 0xDD0E_C4DE_45E7_5381),
    Row(1, .message, 5, 7, 0x06C3_D3F7_E206_0652),
    Row(1, .nodeChoice, 5, 7, 0x3387_7AD7_508C_704B),
    Row(1, .timerTie, 5, 7, 0x74BE_736B_916A_91FA),
    Row(1, .journalSync, 5, 7, 0xDBA8_4F60_0EEB_B645),
    Row(1, .clock, 5, 7, 0x61D7_F135_1028_C18F),
    Row(1, .faultPlan, 5, 7, 0x986F_64E8_20C3_C25F),
    Row(1, .swarm, 5, 7, 0xC853_534E_9745_6224),
    Row(1, .campaign, 5, 7, 0xC32E_76D2_A471_4E41),
    Row(1, .worldTie, 5, 7, 0x8854_7DC1_4A11_D8C0),
    Row(1, .powerLoss, 5, 7, 0x474A_C6AB_8C8E_9CA4),
    Row(1, .aimedPause, 5, 7, 0xFA22_5321_13C2_B7AA),
    Row(1, .clockSync, 5, 7, 0xB0BA_9580_3B0B_3E30),
    Row(1, .twin, 5, 7, 0xA629_D118_B14E_8560),
    Row(1, .future, 5, 7, 0x7F78_193C_7ADC_94EC),
    Row(1, .variation, 5, 7, 0x1531_709E_7FBC_4308),
    Row(42, .message, 1, 1_000_000, 0xBA68_5086_B85F_908A),
    Row(0xDEAD_BEEF, .faultPlan, 3, 9_999, 0x3696_335C_5CBF_78EC),
    Row(.max, .campaign, .max, .max, 0xEAB5_74DE_2F0C_661A),
  ]

  private static let purposes: [(number: UInt64, bits: UInt64)] = [
    (0, 0x9CA1_A54D_CFDD_57D8), (1, 0x91FD_8683_BE3D_D6CC), (2, 0x7E6F_B2FD_895C_D1D4),
    (3, 0x78A9_AE1A_820E_5127), (16, 0xB00A_7CAE_665D_79F4), (1_000_000, 0x627F_E065_1051_6BE6),
    (.max, 0xB394_E925_2910_A782),
  ]

  /// Eight draws that every distribution below is pinned on.
  private let draws = (0..<8).map { Randomness(seed: 2026).draw(.message, 3, $0) }

  @Test func `a key has the bits it always had`() {
    for row in Self.rows {
      let draw = Randomness(seed: row.seed).draw(row.site, row.subject, row.ordinal)
      #expect(
        draw.bits == row.bits,
        "seed \(row.seed), \(row.site), subject \(row.subject), ordinal \(row.ordinal)")
    }
  }

  @Test func `every site is pinned`() {
    #expect(Site.allCases.allSatisfy { site in Self.rows.contains { $0.site == site } })
    #expect(Site.allCases.map(\.rawValue) == Array(1...10) + [40, 41, 42, 43, 44])
  }

  @Test func `a purpose has the bits it always had`() {
    let draw = Randomness(seed: 7).draw(.message, 2, 3)
    for (number, bits) in Self.purposes {
      #expect(draw.purpose(number).bits == bits, "seed 7, purpose \(number)")
    }
    #expect(draw.purpose(1).purpose(2).bits == 0xDDA6_88C5_35A7_CCEA)
  }

  @Test func `numbers, chances and spans are what they always were`() {
    #expect(draws.map { $0.below(1_000) } == [488, 752, 558, 30, 922, 500, 221, 606])
    let third = Ratio(1, in: 3)
    #expect(
      draws.map { $0.happens(third) } == [false, false, false, true, false, false, true, false])
    #expect(
      draws.map { $0.between(.milliseconds(-1), .milliseconds(1)).count }
        == [-22_159, 504_432, 116_766, -938_829, 845_458, 475, -556_649, 213_565])
  }

  @Test func `shaped spans are what they always were`() {
    #expect(
      draws.map { $0.exponential(mean: .milliseconds(1)).count }
        == [715_555, 284_732, 582_710, 3_487_224, 80_420, 692_672, 1_506_540, 499_586])
    let shape = Ratio(3, in: 2)
    #expect(
      draws.map {
        $0.heavyTailed(minimum: .milliseconds(1), shape: shape, cap: .milliseconds(5)).count
      }
        == [
          1_611_293, 1_209_034, 1_474_729, 5_000_000, 1_055_077, 1_586_900, 2_730_161, 1_395_227,
        ])
    let half = Ratio(1, in: 2)
    #expect(
      draws.map { $0.logNormalLike(median: .milliseconds(1), sigma: half).count }
        == [1_547_425, 591_369, 912_214, 1_147_534, 2_886_286, 763_340, 611_547, 613_635])
  }

  @Test func `selections and orders are what they always were`() {
    #expect(draws.map { $0.weighted([1, 0, 3, 4]) } == [2, 3, 3, 0, 3, 3, 2, 3])
    #expect(
      draws.map { $0.element(of: ["a", "b", "c", "d"]) }
        == ["b", "d", "c", "a", "d", "c", "a", "c"])
    #expect(draws[0].permutation(of: 0) == [])
    #expect(draws[0].permutation(of: 1) == [0])
    #expect(draws[0].permutation(of: 5) == [2, 1, 4, 3, 0])
    #expect(draws[0].permutation(of: 8) == [2, 1, 4, 6, 0, 3, 7, 5])
  }
}
