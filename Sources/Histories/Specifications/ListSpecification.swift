import Determinism

/// A list that only grows, empty at first: `append` at its end, `read` all of it or one entry.
///
/// As a log, `append` returns the offset of the new entry and `read` of an offset returns the entry,
/// or `nil` behind the end.
public struct ListSpecification: DeterministicSpecification {
  /// A list operation as the model sees it.
  public enum Action: Hashable, Sendable {
    /// An entry at the end, possibly with the number of entries before it.
    case append(Value, at: Int64?)
    /// A read that returned the whole list.
    case readAll(GrowingList)
    /// A read that returned one entry; entries are counted from zero.
    case read(Value, at: Int64)
    /// A read of an entry that is not there yet.
    case readNothing(at: Int64)
    /// The list had so many entries.
    case count(Int64)
  }

  /// No entries.
  public let initialState = GrowingList()
  private let firstOffset: Int64?

  /// Creates the specification of a list, or of a log if the offset of its first entry is given.
  public init(firstOffset: Int64? = nil) {
    self.firstOffset = firstOffset
  }

  /// Translates the functions; an indeterminate read constrains nothing.
  ///
  /// What `append` returns counts only in a log, and only if it is not `nil`.
  public func action(for operation: Operation) throws(SpecificationError) -> Action? {
    let input = operation.invocation.input
    switch operation.invocation.function {
    case "append", "send":
      guard input != .none else {
        throw SpecificationError(
          operation, message: "nil cannot be an entry", fix: "append something else")
      }
      guard let firstOffset, let output = operation.output, output != .none else {
        return .append(input, at: nil)
      }
      return .append(input, at: try operation.integer(output, meaning: "an offset") &- firstOffset)
    case "read":
      guard let output = operation.output else { return nil }
      if firstOffset == nil || input == .none { return .readAll(try list(output, in: operation)) }
      let place = try operation.integer(input, meaning: "an offset") &- (firstOffset ?? 0)
      return output == .none ? .readNothing(at: place) : .read(output, at: place)
    case "len", "length", "size":
      guard let output = operation.output else { return nil }
      return .count(try operation.integer(output, meaning: "a number of entries"))
    default:
      let isLog = firstOffset != nil
      throw operation.unknownFunction(of: isLog ? "a log" : "a list", use: "append and read")
    }
  }

  private func list(
    _ value: Value, in operation: Operation
  ) throws(SpecificationError) -> GrowingList {
    if value == .none { return initialState }
    guard let elements = value.elements else {
      throw SpecificationError(
        operation, message: "\(value) is not a list", fix: "record what a read returned as [a b]")
    }
    return GrowingList(elements)
  }

  /// The list after the action, or nil when the action is impossible.
  public func apply(_ action: Action, to state: GrowingList) -> GrowingList? {
    switch action {
    case .append(let value, let place):
      place == nil || place == Int64(state.elements.count) ? state.appending(value) : nil
    case .readAll(let list): list == state ? state : nil
    case .read(let value, let place):
      state.elements.indices.contains(Int(place)) && state.elements[Int(place)] == value
        ? state : nil
    case .readNothing(let place):
      state.elements.indices.contains(Int(place)) ? nil : state
    case .count(let number): number == Int64(state.elements.count) ? state : nil
    }
  }

  /// Whether the action only observes.
  public func isPure(_ action: Action) -> Bool {
    switch action {
    case .append: false
    case .readAll, .read, .readNothing, .count: true
    }
  }

  /// Whether the list has outgrown what the action saw of it: lists never shrink.
  public func isLost(_ action: Action, in state: GrowingList) -> Bool {
    let count = Int64(state.elements.count)
    return switch action {
    case .append(_, let place): place.map { $0 < count } ?? false
    case .readAll(let list): !list.begins(with: state)
    case .read(_, let place): place < count && apply(action, to: state) == nil
    case .readNothing: apply(action, to: state) == nil
    case .count(let number): number < count
    }
  }

  /// False: nothing that was appended disappears.
  public func mayRestore(_ action: Action, lost: Action) -> Bool { false }

  /// The last entries of the list.
  public func describe(_ state: GrowingList) -> String { state.description }

  /// The size of what a list does not share: a page, and the places of the others.
  public func footprint(of state: GrowingList) -> Int {
    state.elements.count / 8 + 64 * MemoryLayout<Value>.stride
  }
}
