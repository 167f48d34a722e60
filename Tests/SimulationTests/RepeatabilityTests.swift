import Determinism
import Histories
import ProtocolKit
import Simulation
import Testing

/// The same seed is the same run, a copy is a snapshot, and hash order cannot hide.
struct RepeatabilityTests {
  private static let disks = [DiskModel.records, .sectors(count: 4_096, size: 64)]

  @Test(arguments: UInt64(0)..<12, disks)
  func `the same seed gives the same run, whatever is written down`(
    seed: UInt64, disk: DiskModel
  ) throws {
    let first = try World.wild(seed: seed, disk: disk).finished()
    let second = try World.wild(seed: seed, disk: disk).finished()
    let recorded = try World.wild(seed: seed, disk: disk, recording: .events).finished()
    #expect(first.digest == second.digest, "seed \(seed)")
    #expect(first.digest == recorded.digest, "seed \(seed)")
    #expect(first.eventCount == recorded.eventCount, "seed \(seed)")
    #expect(first.evidence == recorded.evidence, "seed \(seed)")
    #expect(first.marks == recorded.marks, "seed \(seed)")
    #expect(first.history.operations == recorded.history.operations, "seed \(seed)")
  }

  @Test func `every kind of fault hits something in some wild world`() throws {
    var counts = SortedMap<String, Int>()
    for seed in UInt64(0)..<20 {
      for disk in Self.disks {
        for (name, count) in try World.wild(seed: seed, disk: disk).finished().evidence.counts {
          counts[name, default: 0] += count
        }
      }
    }
    #expect(counts.allSatisfy { $0.value > 0 }, "seeds 0 to 19: \(Array(counts))")
  }

  @Test func `different seeds give different runs`() throws {
    let digests = try (UInt64(0)..<20).map { try World.wild(seed: $0).finished().digest }
    #expect(Set(digests).count == 20)
  }

  @Test(arguments: UInt64(0)..<10)
  func `a copy goes on like the original, and leaves it alone`(seed: UInt64) throws {
    let whole = try World.wild(seed: seed, recording: .digests).finished()
    var world = World.wild(seed: seed, recording: .digests)
    for cut in [1, 10, 100, 400] {
      while world.eventCount < cut, try world.step() {}
      let digest = world.digest
      let ended = try world.finished()
      #expect(ended.digest == whole.digest, "seed \(seed), copied at event \(cut)")
      #expect(firstDivergence(ended.recorder.digests, whole.recorder.digests) == nil)
      #expect(world.digest == digest && world.eventCount == cut, "seed \(seed)")
    }
    try world.run()
    #expect(world.digest == whole.digest, "seed \(seed)")
  }

  @Test(arguments: UInt64(0)..<10)
  func `every event has an earlier cause and a digest of its own`(seed: UInt64) throws {
    let world = try World.wild(seed: seed, recording: .events).finished()
    let events = world.recorder.events
    #expect(UInt64(events.count) == world.eventCount, "seed \(seed)")
    #expect(world.recorder.digests.count == events.count, "seed \(seed)")
    #expect(world.recorder.digests.last == world.digest.value, "seed \(seed)")
    for (index, event) in events.enumerated() {
      #expect(event.id == EventID(UInt64(index) + 1), "seed \(seed)")
      #expect(event.cause < event.id, "seed \(seed), \(event.id)")
      #expect(index == 0 || events[index - 1].instant <= event.instant, "seed \(seed)")
      let isRooted = event.cause == .genesis
      let mayBeRooted = [.start, .faultBegins, .heal, .clockSync].contains(event.kind)
      #expect(!isRooted || mayBeRooted, "seed \(seed), \(event.id) has no cause")
    }
  }

  @Test(arguments: UInt64(0)..<10)
  func `a message is caused by the event in which its sender spoke`(seed: UInt64) throws {
    let world = try World.wild(seed: seed, recording: .events).finished()
    for event in world.recorder.events where event.kind == .deliver {
      let cause = world.recorder.events[Int(event.cause.number) - 1]
      let sender = event.text.prefix { $0 != " " }
      #expect([.timer, .deliver].contains(cause.kind), "seed \(seed), \(event.id)")
      #expect(cause.node.description == sender, "seed \(seed), \(event.id)")
    }
  }

  @Test func `a run stops at its limit of events, and can go on`() throws {
    let whole = try World.wild(seed: 3).finished()
    var limited = World(.chatter, seed: 3) { $0.eventLimit = 100 }
    try limited.run()
    #expect(limited.eventCount == 100)
    #expect(limited.now < limited.configuration.endsAt)
    let goesOn = try limited.step()
    #expect(goesOn)
    #expect(whole.eventCount < whole.configuration.eventLimit)
  }
}

/// A machine that lets a hash table decide is found out.
struct HashOrderTests {
  /// Both worlds stay alive, so that no table of one can take the address of one of the other.
  private func runs(_ habit: Probe.Habit) throws -> (World, World) {
    func run() throws -> World {
      try World(habit, nodes: 12, seed: 4, beats: 40, recording: .events).finished()
    }
    return (try run(), try run())
  }

  @Test func `runs of a machine that follows hash order differ, from a located event on`() throws {
    let (first, second) = try runs(.leak)
    let (left, right) = (first.recorder, second.recorder)
    let position = try #require(firstDivergence(left.digests, right.digests), "seed 4")
    for earlier in 0..<position { #expect(left.events[earlier] == right.events[earlier]) }
    #expect(left.events[position].text != right.events[position].text)
    #expect(left.events[position].kind == .deliver, "the first difference is who gets a message")
    #expect(first.digest != second.digest)
  }

  @Test func `runs of the same machine without the leak agree`() throws {
    let (first, second) = try runs(.chatter)
    #expect(firstDivergence(first.recorder.digests, second.recorder.digests) == nil)
    #expect(first.digest == second.digest)
  }
}
