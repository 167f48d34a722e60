/// Finds the name that somebody probably meant.
public enum Suggestion {
  /// The candidate that a name most resembles, the first of equals; nil if none is close.
  ///
  /// Close means at most two insertions, deletions, replacements or swaps of neighbours, one if
  /// either name has but two or three letters; capitals do not count.
  public static func nearest(to name: String, among candidates: [String]) -> String? {
    var best: (candidate: String, distance: Int)?
    for candidate in candidates where candidate != name {
      let length = min(name.count, candidate.count)
      let limit = length > 3 ? 2 : length > 1 ? 1 : 0
      let distance = distance(name.lowercased(), candidate.lowercased())
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.candidate
  }

  /// The question `did you mean "…"?` about the nearest candidate; nil if none is close.
  public static func hint(for name: String, among candidates: [String]) -> String? {
    nearest(to: name, among: candidates).map { "did you mean \"\($0)\"?" }
  }

  /// The edit distance that counts a swap of neighbours as one step (optimal string alignment).
  ///
  /// Time is the product of the lengths; names of more than 64 letters resemble nothing.
  static func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left), Array(right))
    guard left.count <= 64, right.count <= 64 else { return .max }
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for i in left.indices {
      var row = [i + 1]
      for j in right.indices {
        let replacement = previous[j] + (left[i] == right[j] ? 0 : 1)
        var cost = min(replacement, previous[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          cost = min(cost, beforePrevious[j - 1] + 1)
        }
        row.append(cost)
      }
      (beforePrevious, previous) = (previous, row)
    }
    return previous[right.count]
  }
}
