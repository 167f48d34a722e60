/// The gaps in which no value needs to be in a collection.
struct CriticalCover {
  /// The first bare gap from each gap on; the gap behind the end is always bare.
  private let nextBare: ContiguousArray<Int32>

  /// Finds the gaps that no lifetime covers, in O(n).
  init(_ lifetimes: Lifetimes) {
    let lastGap = lifetimes.lastGap
    var change = ContiguousArray<Int32>(repeating: 0, count: lastGap + 2)
    for lifetime in lifetimes.all {
      change[lifetime.criticalGaps.lowerBound] += 1
      change[lifetime.criticalGaps.upperBound] -= 1
    }
    var cover: Int32 = 0
    for gap in 0...lastGap {
      cover += change[gap]
      change[gap] = cover == 0 ? Int32(gap) : -1
    }
    for gap in (0..<lastGap).reversed() where change[gap] < 0 { change[gap] = change[gap + 1] }
    nextBare = change
  }

  /// The first bare gap among some, if there is one.
  func firstBare(in gaps: Range<Int>) -> Int? {
    let gap = Int(nextBare[gaps.lowerBound])
    return gap < gaps.upperBound ? gap : nil
  }
}

extension Lifetimes {
  /// Where the steps that found nothing can take effect, one gap for each of `misses`.
  func gapsOfMisses() throws(Obstacle) -> ContiguousArray<Int> {
    guard !misses.isEmpty else { return [] }
    let cover = CriticalCover(self)
    var gaps: ContiguousArray<Int> = []
    for miss in misses {
      let step = timeline.steps[miss]
      let range = Int(step.start)..<Int(step.end)
      guard let gap = cover.firstBare(in: range) else {
        throw .conflict(
          [miss] + evidence(thatCovers: range) { _ in true },
          reason: "nothing was found, but at no moment can everything have been gone")
      }
      gaps.append(gap)
    }
    return gaps
  }

  /// The steps that show that in each of some gaps one of the permitted values was there.
  ///
  /// From the first gap on, always the value that stays longest. Cost: O(n log n).
  func evidence(thatCovers gaps: Range<Int>, permitted: (Lifetime) -> Bool) -> [Int] {
    let covers = all.filter { $0.criticalGaps.overlaps(gaps) && permitted($0) }
      .sorted { $0.criticalGaps.lowerBound < $1.criticalGaps.lowerBound }
    var evidence: [Int] = []
    var reached = gaps.lowerBound
    var best: Lifetime?
    for cover in covers {
      if cover.criticalGaps.lowerBound > reached, let longest = best {
        evidence += longest.evidence
        reached = longest.criticalGaps.upperBound
        if reached >= gaps.upperBound { return evidence }
      }
      if cover.criticalGaps.upperBound > best?.criticalGaps.upperBound ?? 0 { best = cover }
    }
    return evidence + (best?.evidence ?? [])
  }
}
