/// Some numbers in ascending order of their keys; numbers with equal keys keep their order.
///
/// Keys lie in `0..<bound`. Cost: O(count + bound).
func countingSort(
  _ numbers: some Collection<Int>, bound: Int, key: (Int) -> Int
) -> ContiguousArray<Int> {
  var starts = ContiguousArray<Int32>(repeating: 0, count: bound + 1)
  for number in numbers { starts[key(number) + 1] += 1 }
  for place in 0..<bound { starts[place + 1] += starts[place] }
  var sorted = ContiguousArray<Int>(repeating: 0, count: numbers.count)
  for number in numbers {
    let key = key(number)
    sorted[Int(starts[key])] = number
    starts[key] += 1
  }
  return sorted
}
