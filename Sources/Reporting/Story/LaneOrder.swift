/// Finds an order of lanes in which arrows are short, so that few of them cross a lane.
///
/// Servers stand in the middle and clients at the sides. Up to six servers all orders are tried; of
/// equally good ones the first in alphabetical order wins.
struct LaneOrder {
  private let servers: [Int]
  private let clients: [Int]
  /// How many arrows go between each pair of lanes.
  private let traffic: [[Int]]

  /// Creates the search; lanes are numbered, arrows name two of them.
  init(servers: [Int], clients: [Int], arrows: [(Int, Int)]) {
    self.servers = servers
    self.clients = clients
    let count = ((servers + clients).max() ?? -1) + 1
    var traffic = [[Int]](repeating: [Int](repeating: 0, count: count), count: count)
    for (from, to) in arrows { traffic[min(from, to)][max(from, to)] += 1 }
    self.traffic = traffic
  }

  /// The lanes from left to right.
  var best: [Int] {
    var best: (order: [Int], length: Int)?
    for order in Self.permutations(servers) {
      for left in Self.sides(of: clients) {
        let right = clients.filter { !left.contains($0) }
        let candidate = left + order + right
        let length = length(of: candidate)
        if length < best?.length ?? .max { best = (candidate, length) }
      }
    }
    return best?.order ?? []
  }

  /// The sum of the lengths of all arrows.
  private func length(of order: [Int]) -> Int {
    var sum = 0
    for (place, lane) in order.enumerated() {
      for (distance, other) in order[(place + 1)...].enumerated() {
        sum += traffic[min(lane, other)][max(lane, other)] * (distance + 1)
      }
    }
    return sum
  }

  /// All orders of a few lanes in alphabetical order; of many only the first.
  private static func permutations(_ lanes: [Int]) -> [[Int]] {
    guard lanes.count <= 6 else { return [lanes] }
    guard lanes.count > 1 else { return [lanes] }
    return lanes.flatMap { first in
      permutations(lanes.filter { $0 != first }).map { [first] + $0 }
    }
  }

  /// Who may stand on the left: every choice of few clients, every other one of many.
  private static func sides(of clients: [Int]) -> [[Int]] {
    guard clients.count <= 4 else {
      return [clients.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)]
    }
    return (0..<(1 << clients.count)).map { choice in
      clients.enumerated().filter { choice >> $0.offset & 1 == 1 }.map(\.element)
    }
  }
}
