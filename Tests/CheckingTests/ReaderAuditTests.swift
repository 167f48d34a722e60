import Histories
import Testing

@testable import CheckerAudit

/// Damaged files are understood or refused at a place, by every reader; `orrery doctor` damages
/// millions of them.
struct ReaderAuditTests {
  @Test(arguments: Audits.readers.map(\.name))
  func `a damaged file is understood or refused, and what is understood is kept`(
    name: String
  ) throws {
    let audit = try #require(Audits.readers.first { $0.name == name })
    let seeds: ClosedRange<UInt64> = 1...500
    var readCount = 0
    for seed in seeds {
      let comparison = try audit.compare(seed)
      #expect(comparison.mismatch == nil, "seed \(seed)")
      if comparison.isValid { readCount += 1 }
    }
    #expect((10...350).contains(readCount), "\(readCount) of \(seeds.count) could be read")
  }

  @Test(arguments: HistoryFormat.allCases)
  func `the samples can be read as what they are`(format: HistoryFormat) throws {
    for sample in ReaderAudit.samples(of: format) {
      #expect(HistoryFormat.detect(Array(sample.utf8)) == format)
      #expect(try HistoryReader.read(sample, format: format).eventCount > 0)
    }
  }

  @Test func `equal seeds do equal damage`() {
    var (first, second) = (TextMutator(seed: 7), TextMutator(seed: 7))
    let samples = ReaderAudit.samples(of: .edn).map { Array($0.utf8) }
    for _ in 1...20 { #expect(first.damaged(samples) == second.damaged(samples)) }
  }
}
