import Checking
import Histories

/// Whether all members had come to a door of a double barrier before any went through it.
///
/// A member comes to a door when it begins to enter or to leave; it goes through when that ends, or at
/// the latest when it begins what comes after it. O(n).
struct BarrierChecker {
  private struct Door {
    /// The first time each member came to it.
    var arrivals: [Int?]
    /// The first who went through, and when.
    var passage: (id: OperationID, place: Int, time: Int)?
  }

  private var doors: [Door] = []
  private let members: Int

  init(_ history: History, members: Int) {
    self.members = members
    for (position, operation) in history.operations.enumerated() {
      guard let (place, door) = Self.arrival(operation), place < members else { continue }
      let id = OperationID(position)
      while doors.count <= door {
        doors.append(Door(arrivals: Array(repeating: nil, count: members)))
      }
      if doors[door].arrivals[place] == nil { doors[door].arrivals[place] = operation.invokedAt }
      if door > 0 { notePassage(door - 1, (id, place, operation.invokedAt)) }
      if case .ok = operation.completion, let end = operation.completedAt {
        notePassage(door, (id, place, end))
      }
    }
  }

  private mutating func notePassage(
    _ door: Int, _ passage: (id: OperationID, place: Int, time: Int)
  ) {
    if let first = doors[door].passage, first.time <= passage.time { return }
    doors[door].passage = passage
  }

  private static func arrival(_ operation: Operation) -> (place: Int, door: Int)? {
    let isLeaving = operation.invocation.function == "leave"
    guard isLeaving || operation.invocation.function == "enter",
      case .list(let input) = operation.invocation.input, input.count == 2,
      case (.integer(let place), .integer(let round)) = (input[0], input[1])
    else { return nil }
    return (Int(place), Int(2 * round - 2) + (isLeaving ? 1 : 0))
  }

  /// The first door that somebody went through too early, or nil.
  func anomaly() -> Anomaly? {
    for (number, door) in doors.enumerated() {
      guard let passage = door.passage,
        let late = door.arrivals.firstIndex(where: { $0 ?? .max > passage.time })
      else { continue }
      let verb = number % 2 == 0 ? "enter" : "leave"
      return Anomaly(
        "barrier-passed-early", operations: [passage.id],
        text: "member \(passage.place) could \(verb) round \(number / 2 + 1) "
          + "before member \(late) had come to \(verb) it")
    }
    return nil
  }
}
