import Histories

/// Keys that have to be judged together because some operation touches them at once: union–find.
struct KeyGroups {
  private var numbers: [Value: Int] = [:]
  private(set) var keys: ContiguousArray<Value> = []
  private var parents: ContiguousArray<Int> = []
  private var latest = 0

  /// Puts keys into one group, and returns the number of one of them.
  mutating func join(_ together: [Value]) -> Int {
    let first = number(of: together.first ?? .none)
    for key in together.dropFirst() {
      let (left, right) = (leader(of: first), leader(of: number(of: key)))
      parents[max(left, right)] = min(left, right)
    }
    return first
  }

  /// The key of a group that was mentioned first, as a number, for the number of any of them.
  mutating func leader(of number: Int) -> Int {
    var number = number
    while parents[number] != number {
      parents[number] = parents[parents[number]]
      number = parents[number]
    }
    return number
  }

  /// The number of a key, in order of arrival.
  private mutating func number(of key: Value) -> Int {
    if latest < keys.count, keys[latest] == key { return latest }
    latest = numbers[key] ?? keys.count
    if latest == keys.count {
      numbers[key] = latest
      keys.append(key)
      parents.append(latest)
    }
    return latest
  }
}
