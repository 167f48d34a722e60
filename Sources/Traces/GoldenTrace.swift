public import Determinism

/// What a run once did, in short: its digest, and one byte of the running digest for every event.
///
/// Enough to say at which event a later run parts from it: running digests never meet again, so
/// the first byte that differs names the event, or (once in 256 cases) the one after it.
public struct GoldenTrace: Hashable, Sendable {
  /// The version of the format that this code reads and writes.
  public static let version = 1

  /// The scenario's name.
  public let scenario: String
  /// The seed.
  public let seed: UInt64
  /// The digest of the whole run.
  public let digest: Digest
  /// The lowest byte of the running digest after each event.
  public let fingerprints: [UInt8]

  /// Condenses a run whose digests were recorded.
  public init(scenario: String, seed: UInt64, digests: some Collection<UInt64>) {
    self.init(
      scenario: scenario, seed: seed, digest: Digest(resuming: Array(digests).last ?? 0),
      fingerprints: digests.map { UInt8(truncatingIfNeeded: $0) })
  }

  init(scenario: String, seed: UInt64, digest: Digest, fingerprints: [UInt8]) {
    self.scenario = scenario
    self.seed = seed
    self.digest = digest
    self.fingerprints = fingerprints
  }

  /// The number of the first event at which a run differs from this one, or nil if none does.
  public func firstDivergence(from digests: ChunkedLog<UInt64>) -> UInt64? {
    let shared = min(digests.count, fingerprints.count)
    for position in 0..<shared
    where UInt8(truncatingIfNeeded: digests[position]) != fingerprints[position] {
      return UInt64(position) + 1
    }
    if digests.count != fingerprints.count { return UInt64(shared) + 1 }
    return digests.last == digest.value ? nil : UInt64(shared)
  }

  /// The name of the file that keeps the golden run of a scenario and seed.
  public static func fileName(scenario: String, seed: UInt64) -> String {
    let name = String(scenario.map { $0 == "/" ? "-" : $0 })
    return "\(name)-0x\(String(seed, radix: 16)).trace"
  }
}

extension GoldenTrace {
  private static let bytesPerLine = 48

  /// The trace as the text of a file.
  public var text: String {
    var lines = [
      "orrery-trace \(Self.version)", "scenario \(scenario)",
      "seed 0x\(String(seed, radix: 16))", "events \(fingerprints.count)", "digest \(digest)",
    ]
    for start in stride(from: 0, to: fingerprints.count, by: Self.bytesPerLine) {
      let end = min(start + Self.bytesPerLine, fingerprints.count)
      lines.append(fingerprints[start..<end].map(Self.hexadecimal).joined())
    }
    lines.append("end")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
}
