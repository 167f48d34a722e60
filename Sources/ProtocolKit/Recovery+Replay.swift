public import Determinism

extension Recovery {
  /// Reads every record and hands it on, oldest first; what cannot be read is refused.
  ///
  /// `take` returns what it expected instead if a record does not continue what came before.
  public func replay<Record: BinaryCodable>(
    _ type: Record.Type = Record.self, _ take: (Record, JournalPosition) -> String?
  ) throws(RecoveryFailure) {
    for entry in records {
      var reader = ByteReader(entry.bytes)
      var expectation: String?
      do throws(DecodingFailure) {
        let record = try Record(from: &reader)
        expectation = reader.isAtEnd ? take(record, entry.position) : "the end of the record"
      } catch {
        expectation = error.expectation
      }
      if let expectation {
        throw RecoveryFailure(position: entry.position, reason: "expected \(expectation)")
      }
    }
  }
}
