import Determinism
import TestKit
import Testing

/// A key for dense maps in tests.
private struct Place: DenseKey, Equatable {
  let denseIndex: Int
}

struct SlabTests {
  @Test(arguments: UInt64(0)..<20)
  func `values stay in their slots until they are taken`(seed: UInt64) {
    var dice = Dice(seed: seed)
    var slab = Slab<Int>()
    var stored: [(slot: Int, value: Int)] = []
    for value in 0..<300 {
      if stored.isEmpty || dice.chance(percent: 60) {
        let slot = slab.insert(value)
        #expect(!stored.contains { $0.slot == slot }, "seed \(seed): slot \(slot) given twice")
        stored.append((slot, value))
      } else {
        let (slot, expected) = stored.remove(at: dice.below(stored.count))
        #expect(slab.take(slot) == expected, "seed \(seed)")
        #expect(slab[slot] == nil, "seed \(seed)")
      }
      #expect(slab.count == stored.count, "seed \(seed)")
    }
    #expect(stored.allSatisfy { slab[$0.slot] == $0.value }, "seed \(seed)")
  }

  @Test func `freed slots are used again, last freed first`() {
    var slab = Slab<String>()
    let slots = ["a", "b", "c"].map { slab.insert($0) }
    _ = slab.take(slots[0])
    _ = slab.take(slots[2])
    #expect(slab.insert("d") == slots[2])
    #expect(slab.insert("e") == slots[0])
    #expect(slab.insert("f") == 3)
  }
}

struct SortedMapTests {
  @Test(arguments: UInt64(0)..<30)
  func `every operation agrees with a plain list of pairs`(seed: UInt64) {
    var dice = Dice(seed: seed)
    var map = SortedMap<Int, Int>()
    var plain: [Int: Int] = [:]
    for step in 0..<300 {
      let key = dice.below(40) - 20
      switch dice.below(4) {
      case 0:
        map[key] = nil
        plain[key] = nil
      case 1:
        map[key, default: 7] += step
        plain[key, default: 7] += step
      default:
        map[key] = step
        plain[key] = step
      }
      #expect(map[key] == plain[key], "seed \(seed), step \(step)")
      #expect(map[key, default: -1] == plain[key, default: -1], "seed \(seed), step \(step)")
      #expect(map.count == plain.count, "seed \(seed), step \(step)")
    }
    let expected = plain.sorted { $0.key < $1.key }
    #expect(Array(map.keys) == expected.map(\.key), "seed \(seed)")
    #expect(Array(map.values) == expected.map(\.value), "seed \(seed)")
    #expect(map.map(\.key) == expected.map(\.key), "seed \(seed)")
  }

  @Test func `an emptied map equals a new one`() {
    var map = SortedMap<String, Int>()
    #expect(map.isEmpty)
    map["b"] = 1
    map["a"] = 2
    let copy = map
    map.removeAll()
    #expect(map == SortedMap<String, Int>())
    #expect(copy["a"] == 2 && copy.count == 2)
  }
}

struct DenseMapTests {
  @Test func `values are found by key and visited in key order`() {
    var map = DenseMap<Place, Int>(count: 5) { $0.denseIndex * 10 }
    map[Place(denseIndex: 3)] += 1
    #expect(Array(map.values) == [0, 10, 20, 31, 40])
    #expect(map.keys.map(\.denseIndex) == [0, 1, 2, 3, 4])
    #expect(DenseMap<Place, Int>(repeating: 1, count: 2).values == [1, 1])
  }
}

struct ChunkedLogTests {
  /// A log, and the array that it must equal.
  private struct Pair {
    var log: ChunkedLog<Int> = []
    var array: [Int] = []

    mutating func change(_ dice: inout Dice) {
      switch dice.below(12) {
      case 0:
        let count = dice.below(array.count + 10)
        log.truncate(to: count)
        array = Array(array.prefix(count))
      case 1 where !array.isEmpty:
        let position = dice.below(array.count)
        log[position] += 1_000
        array[position] += 1_000
      default:
        for _ in 0..<dice.below(90) {
          let element = dice.below(1_000)
          log.append(element)
          array.append(element)
        }
      }
    }

    var agrees: Bool {
      Array(log) == array && log.count == array.count && log.last == array.last
        && log.isEmpty == array.isEmpty && log.reversed() == array.reversed()
    }
  }

  @Test(arguments: UInt64(0)..<30)
  func `a log is an array, and a copy is its own`(seed: UInt64) {
    var dice = Dice(seed: seed)
    var pairs = [Pair()]
    for _ in 0..<60 {
      let chosen = dice.below(pairs.count)
      if pairs.count < 5, dice.chance(percent: 20) { pairs.append(pairs[chosen]) }
      pairs[chosen].change(&dice)
      #expect(pairs.allSatisfy { $0.agrees }, "seed \(seed)")
    }
  }

  @Test func `page borders are no special places`() {
    for count in [0, 1, 63, 64, 65, 127, 128, 129] {
      var log = ChunkedLog<Int>()
      for element in 0..<200 { log.append(element) }
      log.truncate(to: count)
      log.append(-1)
      #expect(Array(log) == Array(0..<count) + [-1], "truncated to \(count)")
    }
  }

  @Test func `logs are equal when their elements are`() {
    var grown: ChunkedLog<Int> = [1, 2, 3]
    grown.append(4)
    grown.truncate(to: 3)
    #expect(grown == [1, 2, 3])
    #expect(grown != [1, 2])
    #expect(Array(grown[1...]) == [2, 3])
  }
}
