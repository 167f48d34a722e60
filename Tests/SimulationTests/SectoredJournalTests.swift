import Determinism
import ProtocolKit
import TestKit
import Testing

@testable import Simulation

/// A journal on a disk of sectors keeps what it reported, invents nothing, and refuses damage.
struct SectoredJournalTests {
  /// A journal with what it was told, what it promised, and dice for what happens next.
  private struct Life {
    var journal = VirtualJournal(on: .sectors(count: 2_000, size: 64))
    var written: [[UInt8]] = []
    /// What was written before each truncation that no sync has made certain yet.
    var pasts: [[[UInt8]]] = []
    var promised = 0
    var losses: UInt64 = 0
    var isPowerLost = false
    var dice: Dice

    init(seed: UInt64) {
      dice = Dice(seed: seed)
    }

    mutating func append() {
      let record = (0..<dice.below(90)).map { _ in UInt8(truncatingIfNeeded: dice.next()) }
      journal.append(record)
      written.append(record)
    }

    mutating func sync() -> JournalFailure? {
      _ = journal.beginSync()
      for _ in 0..<dice.below(3) { append() }
      let position = journal.finishSync()
      if let failure = journal.takeFailure() { return failure }
      promised = Int(position.count)
      pasts = []
      return nil
    }

    mutating func truncate() {
      let count = promised + dice.below(written.count - promised + 1)
      journal.truncate(after: JournalPosition(UInt64(count)))
      pasts.append(written)
      written.removeLast(written.count - count)
    }

    mutating func losePower() {
      losses += 1
      isPowerLost = true
      if dice.chance(percent: 50) { _ = journal.beginSync() }
      journal.losePower(
        Randomness(seed: dice.next()).draw(.powerLoss, losses), tears: dice.chance(percent: 50))
    }

    /// Reads the journal back; returns whether it is what it must be.
    mutating func recover() throws -> Bool {
      let found = try journal.recovery(incarnation: 1).0.records
      let bytes = found.map(\.bytes)
      let isKnown = (pasts + [written]).contains { $0.starts(with: bytes) }
      written = bytes
      if isPowerLost { pasts = [] }
      isPowerLost = false
      return isKnown && found.count >= promised
        && found.map(\.position.count) == Array(1..<UInt64(found.count) + 1)
    }
  }

  @Test(arguments: UInt64(0)..<80)
  func `through crashes and power losses, what was reported stays and nothing is invented`(
    seed: UInt64
  ) throws {
    var life = Life(seed: seed)
    for step in 0..<150 {
      switch life.dice.below(14) {
      case 0...6: life.append()
      case 7...9:
        let failure = life.sync()
        #expect(failure == nil)
      case 10: life.truncate()
      case 11:
        life.journal.crash()
        let before = life.written
        let isRight = try life.recover()
        #expect(isRight && life.written == before, "seed \(seed), step \(step)")
      default:
        life.losePower()
        let isRight = try life.recover()
        #expect(isRight, "seed \(seed), step \(step)")
      }
    }
  }

  @Test(arguments: UInt64(0)..<16, PageCache.allCases)
  func `a failed sync costs nothing that was reported, whatever the cache does`(
    seed: UInt64, cache: PageCache
  ) throws {
    var life = Life(seed: seed)
    for step in 0..<60 {
      life.append()
      let isFailing = life.dice.chance(percent: 30)
      life.journal.sectors?.set(.syncError(cache), isOn: isFailing)
      let failure = life.sync()
      #expect((failure != nil) == isFailing)
      guard failure != nil || life.dice.chance(percent: 20) else { continue }
      // The process stops and starts again from the cache; then it syncs, and the power fails.
      life.journal.crash()
      life.journal.sectors?.set(.syncError(cache), isOn: false)
      var isRight = try life.recover()
      #expect(isRight, "seed \(seed), step \(step)")
      let second = life.sync()
      #expect(second == nil)
      life.losePower()
      isRight = try life.recover()
      #expect(isRight, "seed \(seed), step \(step)")
    }
  }

  @Test(arguments: UInt64(0)..<40)
  func `a full disk costs nothing that was reported`(seed: UInt64) throws {
    var life = Life(seed: seed)
    for step in 0..<40 {
      for _ in 0..<life.dice.below(5) { life.append() }
      life.journal.sectors?.set(.full, isOn: life.dice.chance(percent: 30))
      guard life.sync() != nil else { continue }
      life.journal.crash()
      let isRight = try life.recover()
      #expect(isRight, "seed \(seed), step \(step)")
    }
  }

  @Test(arguments: UInt64(0)..<20)
  func `one bit of rot or one lost sector is refused or costs nothing`(seed: UInt64) throws {
    var life = Life(seed: seed)
    for _ in 0..<20 { life.append() }
    _ = life.sync()
    for _ in 0..<5 { life.append() }
    var refused = 0
    for place in UInt64(0)..<200 {
      for damage in [DiskDisturbance.rot(place: place &* 977), .unreadable(place: place)] {
        var other = life
        other.losePower()
        _ = other.journal.sectors?.damage(damage)
        do {
          let isFine = try other.recover()
          #expect(isFine, "seed \(seed), place \(place)")
        } catch { refused += 1 }
      }
    }
    #expect(refused > 50, "seed \(seed)")
  }

  @Test(arguments: UInt64(0)..<40)
  func `a misdirected write is refused or costs nothing`(seed: UInt64) throws {
    var refused = 0
    for place in UInt64(0)..<30 {
      var life = Life(seed: seed)
      for _ in 0..<10 { life.append() }
      _ = life.sync()
      life.append()
      life.journal.sectors?.set(.misdirected(place: place &* 7_919), isOn: true)
      _ = life.sync()
      life.losePower()
      do {
        let isFine = try life.recover()
        #expect(isFine, "seed \(seed), place \(place)")
      } catch { refused += 1 }
    }
    #expect(refused > 5, "seed \(seed)")
  }

  @Test func `what is compacted away stays away, and truncation below the mark is no damage`()
    throws
  {
    var life = Life(seed: 3)
    for _ in 0..<10 { life.append() }
    _ = life.sync()
    life.journal.compact(through: JournalPosition(4))
    life.journal.truncate(after: JournalPosition(7))
    _ = life.sync()
    life.losePower()
    let found = try life.journal.recovery(incarnation: 1).0.records
    #expect(found.map(\.position.count).starts(with: [5, 6, 7]))
  }
}
