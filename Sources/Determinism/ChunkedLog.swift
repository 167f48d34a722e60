/// A grow-only sequence stored in pages, so that the first write after a copy duplicates one page.
///
/// Worlds are copied to take snapshots; a plain array would copy a whole log on the next append.
/// Append and access are O(1); the first append after a copy costs one page and the page table.
public struct ChunkedLog<Element: Sendable>: Sendable {
  private var pages: ContiguousArray<ContiguousArray<Element>> = []

  /// The number of elements.
  public private(set) var count = 0

  private static var pageShift: Int { 6 }
  private static var pageSize: Int { 1 << pageShift }

  /// Creates an empty log.
  public init() {}

  /// Whether there are no elements.
  public var isEmpty: Bool { count == 0 }

  /// The last element, or nil in an empty log.
  public var last: Element? { count == 0 ? nil : self[count - 1] }

  /// The element at a zero-based position below `count`; anything else traps.
  public subscript(position: Int) -> Element {
    get {
      pages[position >> Self.pageShift][position & (Self.pageSize - 1)]
    }
    set {
      pages[position >> Self.pageShift][position & (Self.pageSize - 1)] = newValue
    }
    _modify {
      yield &pages[position >> Self.pageShift][position & (Self.pageSize - 1)]
    }
  }

  /// Adds an element at the end.
  public mutating func append(_ element: Element) {
    if count & (Self.pageSize - 1) == 0 {
      var page = ContiguousArray<Element>()
      page.reserveCapacity(Self.pageSize)
      pages.append(page)
    }
    pages[count >> Self.pageShift].append(element)
    count += 1
  }

  /// Keeps the first `newCount` elements and drops the rest; a larger count changes nothing.
  public mutating func truncate(to newCount: Int) {
    guard newCount < count else { return }
    let fullPages = newCount >> Self.pageShift
    let remainder = newCount & (Self.pageSize - 1)
    pages.removeLast(pages.count - fullPages - (remainder == 0 ? 0 : 1))
    if remainder > 0 {
      pages[fullPages].removeLast(pages[fullPages].count - remainder)
    }
    count = newCount
  }
}

extension ChunkedLog: RandomAccessCollection {
  /// Zero.
  public var startIndex: Int { 0 }

  /// The number of elements.
  public var endIndex: Int { count }
}

extension ChunkedLog: Equatable where Element: Equatable {}

extension ChunkedLog: ExpressibleByArrayLiteral {
  /// Creates a log that holds the literal's elements in order.
  public init(arrayLiteral elements: Element...) {
    for element in elements { append(element) }
  }
}
