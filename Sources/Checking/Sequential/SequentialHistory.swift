import Determinism
import Histories

/// A history laid out by process: what each did, in its own order, real time aside.
///
/// An operation of unknown outcome may take effect at any time after what its process had done
/// before, or never; so it stands beside the lanes.
struct SequentialHistory<Specification: SequentialSpecification> {
  /// One operation, as numbers.
  struct Entry {
    /// The position in the history.
    var position: Int
    /// The number of its action in the transition table.
    var action: UInt32
    /// Whether it never changes a state in which it is legal.
    var isPure: Bool
  }

  /// An operation of unknown outcome.
  struct Floating {
    var entry: Entry
    /// Its process, and how many completed operations of it come first.
    var lane: Int
    var place: Int
  }

  /// The completed operations of each process, in its order.
  private(set) var lanes: ContiguousArray<ContiguousArray<Entry>> = []
  private(set) var floating: ContiguousArray<Floating> = []
  private(set) var table: TransitionTable<Specification>
  /// The lane of each process; looked up, never iterated.
  private var numbers: [ProcessID: Int] = [:]

  init(_ history: History, specification: Specification) throws(SpecificationError) {
    table = TransitionTable(specification)
    for (position, operation) in history.operations.enumerated() {
      guard operation.completion != .fail,
        let action = try specification.action(for: operation)
      else { continue }
      let lane = lane(of: operation.invocation.process)
      let entry = Entry(
        position: position, action: table.number(of: action), isPure: specification.isPure(action))
      if case .ok = operation.completion {
        lanes[lane].append(entry)
      } else if !entry.isPure {
        floating.append(Floating(entry: entry, lane: lane, place: lanes[lane].count))
      }
    }
  }

  private mutating func lane(of process: ProcessID) -> Int {
    if let lane = numbers[process] { return lane }
    numbers[process] = lanes.count
    lanes.append([])
    return lanes.count - 1
  }
}
