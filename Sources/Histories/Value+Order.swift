extension Value {
  /// Whether this value comes before another in the total order used wherever order must not depend
  /// on the input: by kind (nil, booleans, integers, strings, keywords, lists), then by content.
  func precedes(_ other: Value) -> Bool {
    switch (self, other) {
    case (.boolean(let left), .boolean(let right)): !left && right
    case (.integer(let left), .integer(let right)): left < right
    case (.text(let left), .text(let right)): left < right
    case (.keyword(let left), .keyword(let right)): left < right
    case (.list(let left), .list(let right)):
      left.lexicographicallyPrecedes(right) { $0.precedes($1) }
    default: rank < other.rank
    }
  }

  private var rank: Int {
    switch self {
    case .none: 0
    case .boolean: 1
    case .integer: 2
    case .text: 3
    case .keyword: 4
    case .list: 5
    }
  }
}
