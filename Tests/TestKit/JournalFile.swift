/// What the writer of a journal in a real file and the test that kills it agree on.
public enum JournalFile {
  /// The block size of the journal.
  public static let blockSize = 512

  /// The record at a position: every position has its own length and content.
  public static func record(at position: UInt64) -> [UInt8] {
    var dice = Dice(seed: position)
    return (0..<dice.below(700)).map { _ in UInt8(truncatingIfNeeded: dice.next()) }
  }
}
