/// Storage with stable slots: values stay where they were put until they are taken out.
///
/// Insert and take are O(1); slots of taken values are used again, last freed first.
public struct Slab<Element: Sendable>: Sendable {
  private var slots: ContiguousArray<Element?> = []
  private var free: ContiguousArray<Int32> = []

  /// Creates an empty slab.
  public init() {}

  /// The number of values stored.
  public var count: Int { slots.count - free.count }

  /// Stores a value and returns its slot.
  @inline(__always)
  public mutating func insert(_ element: Element) -> Int {
    if let slot = free.popLast() {
      slots[Int(slot)] = element
      return Int(slot)
    }
    slots.append(element)
    return slots.count - 1
  }

  /// Removes and returns the value in a slot; an empty slot traps.
  @inline(__always)
  public mutating func take(_ slot: Int) -> Element {
    guard let element = slots[slot].take() else {
      preconditionFailure("nothing is stored in this slot")
    }
    free.append(Int32(truncatingIfNeeded: slot))
    return element
  }

  /// The value in a slot, or nil when the slot is empty.
  public subscript(_ slot: Int) -> Element? { slots[slot] }
}
