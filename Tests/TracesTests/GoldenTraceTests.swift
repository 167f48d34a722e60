import Determinism
import Testing

@testable import Traces

@Suite struct GoldenTraceTests {
  private let digests: [UInt64] = (1...100).map { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }

  private var trace: GoldenTrace {
    GoldenTrace(scenario: "raft/steady", seed: 0x2a, digests: digests)
  }

  private func complaint(about text: String) -> String? {
    do throws(TraceError) {
      _ = try GoldenTrace(text, file: "golden.trace")
      return nil
    } catch {
      return error.render()
    }
  }

  @Test func `what is written is read back`() throws {
    #expect(try GoldenTrace(trace.text, file: "golden.trace") == trace)
  }

  @Test func `the first event that differs is named`() {
    for changed in [0, 1, 47, 48, 99] {
      var log: ChunkedLog<UInt64> = []
      for (position, digest) in digests.enumerated() {
        log.append(position >= changed ? digest ^ 0x55 : digest)
      }
      #expect(trace.firstDivergence(from: log) == UInt64(changed) + 1)
    }
  }

  @Test func `a run that ends early or late differs behind the last common event`() {
    var log: ChunkedLog<UInt64> = []
    for digest in digests.dropLast() { log.append(digest) }
    #expect(trace.firstDivergence(from: log) == 100)
    log.append(digests[99])
    #expect(trace.firstDivergence(from: log) == nil)
    log.append(7)
    #expect(trace.firstDivergence(from: log) == 101)
  }

  @Test func `every truncation is refused with its line`() {
    let lines = trace.text.split(separator: "\n", omittingEmptySubsequences: false)
    for count in 0..<lines.count - 1 {
      let text = lines.prefix(count).map { "\($0)\n" }.joined()
      #expect(complaint(about: text) != nil, "\(count) lines")
    }
    let cut = lines.prefix(6).joined(separator: "\n")
    #expect(
      complaint(about: cut)
        == """
        golden.trace:7:1: error: the file ends too early
          it was cut off: restore it, or delete it and record the run again

        """)
  }

  @Test func `another version is refused with a way out`() {
    let text = trace.text.replacing("orrery-trace 1", with: "orrery-trace 9")
    #expect(
      complaint(about: text)?.hasPrefix(
        "golden.trace:1:1: error: version \"9\" of the trace format is not known") == true)
  }

  @Test func `other line breaks change nothing`() throws {
    let text = trace.text.replacing("\n", with: "\r\n")
    #expect(try GoldenTrace(text, file: "golden.trace") == trace)
  }

  @Test func `a count beyond all memory is refused`() {
    let text = trace.text.replacing("events 100", with: "events 9223372036854775809")
    #expect(complaint(about: text)?.contains("golden.trace:4:1: error: ") == true)
  }

  @Test func `damaged digits and foreign files are refused`() {
    #expect(complaint(about: "hello\n")?.contains("golden.trace:1:1") == true)
    let damaged = trace.text.replacing("seed 0x2a", with: "seed 0xzz")
    #expect(complaint(about: damaged)?.contains("golden.trace:3:1") == true)
    var lines = trace.text.split(separator: "\n").map(String.init)
    lines[5].removeLast()
    let odd = lines.joined(separator: "\n") + "\n"
    #expect(complaint(about: odd)?.contains("golden.trace:6:1") == true)
  }
}
