import Determinism
import ProtocolKit
import Simulation
import Testing

/// Cut links lose what they should and nothing else.
///
/// Message number k leaves at k + 1 ms and arrives 300 µs later, unless a test says otherwise.
struct CutTests {
  private func world(
    _ faults: [FaultPlan.Entry], nodes: Int = 3,
    delay: Nanoseconds = .microseconds(300)
  ) throws -> World {
    let links = LinkConditions(delay: .constant(delay))
    return try World(.chatter, nodes: nodes, faults: faults, links: links, beats: 30).finished()
  }

  private let all = Array(UInt64(0)..<30)

  /// Everything but what is sent in the given milliseconds.
  private func except(_ lost: ClosedRange<UInt64>) -> [UInt64] {
    all.filter { !lost.contains($0 + 1) }
  }

  @Test func `a one-way cut is one-way`() throws {
    let world = try world([.init(.cut(.oneWay, [0], from: [1]), from: 9_500, to: 15_500)])
    #expect(try world.numbers(from: 0, to: 1) == except(10...15))
    #expect(try world.numbers(from: 1, to: 0) == all)
    #expect(try world.numbers(from: 0, to: 2) == all)
    #expect(world.evidence[.messagesCut] == 6)
    #expect(world.evidence[.linksCut] == 1)
  }

  @Test func `a split separates both groups and leaves each together`() throws {
    let split = Fault.cut(.split, [0, 1], from: [2, 3])
    let world = try world([.init(split, from: 9_500, to: 15_500)], nodes: 4)
    for sender in 0..<4 {
      for recipient in 0..<4 where recipient != sender {
        let isCut = (sender < 2) != (recipient < 2)
        #expect(
          try world.numbers(from: sender, to: recipient) == (isCut ? except(10...15) : all),
          "n\(sender + 1) to n\(recipient + 1)")
      }
    }
  }

  @Test func `an isolated node hears and reaches nobody`() throws {
    let world = try world([.init(.cut(.isolate, [1], from: [0, 2]), from: 9_500, to: 15_500)])
    for other in [0, 2] {
      #expect(try world.numbers(from: 1, to: other) == except(10...15))
      #expect(try world.numbers(from: other, to: 1) == except(10...15))
    }
    #expect(try world.numbers(from: 0, to: 2) == all)
    #expect(try world.numbers(from: 2, to: 0) == all)
  }

  @Test func `a cut loses what is in flight and what is sent into it`() throws {
    let world = try world(
      [.init(.cut(.oneWay, [0], from: [1]), from: 9_500, to: 15_500)], delay: .microseconds(4_200))
    // What is sent at 6 to 9 ms would arrive during the cut, the rest is sent during it.
    let heard = try world.numbers(from: 0, to: 1)
    #expect(heard == except(6...15))
    #expect(world.evidence[.messagesCut] == 10)
  }

  @Test func `overlapping cuts add up until the last is mended`() throws {
    let cut = Fault.cut(.oneWay, [0], from: [1])
    let world = try world([
      .init(cut, from: 4_500, to: 12_500), .init(cut, from: 8_500, to: 20_500),
      .init(.cut(.split, [1], from: [0]), from: 18_500, to: 22_500),
    ])
    #expect(try world.numbers(from: 0, to: 1) == except(5...22))
    #expect(try world.numbers(from: 1, to: 0) == except(19...22))
  }
}
