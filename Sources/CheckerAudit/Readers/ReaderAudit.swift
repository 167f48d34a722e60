public import Histories

/// The readers of histories on damaged files: each must understand or refuse them, and never trap.
///
/// A refusal has to name a place inside the text and a way out. What is understood has to survive
/// being written down and read again.
public enum ReaderAudit {
  /// Lets the reader of a format read the damaged text of a seed.
  ///
  /// `isValid` of the result says whether the text could be read. Equal seeds give equal texts.
  public static func run(_ seed: UInt64, format: HistoryFormat) -> Audit.Comparison {
    var mutator = TextMutator(seed: seed)
    let bytes = mutator.damaged(samples(of: format).map { Array($0.utf8) })
    // The low bits of the seed choose how the text is read, so that all ways come up.
    let isDetected = seed % 8 == 0
    let options = HistoryReadingOptions(
      keys: seed % 7 == 0 ? .independent : .whole,
      loneCompletions: seed % 5 == 0 ? .instantaneous : .refused)
    do throws(HistoryError) {
      let file = try HistoryReader.readFile(
        bytes, format: isDetected ? nil : format, options: options)
      return Audit.Comparison(isValid: true, mismatch: loss(of: file))
    } catch {
      return Audit.Comparison(isValid: false, mismatch: complaint(about: error, in: bytes))
    }
  }

  /// What is wrong with a refusal, if anything.
  private static func complaint(about error: HistoryError, in bytes: [UInt8]) -> String? {
    if error.message.isEmpty || error.fix.isEmpty { return "says too little: \(error)" }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.indices.contains(error.line - 1) else { return "no such line: \(error)" }
    let length = lines[error.line - 1].count { $0 & 0xC0 != 0x80 }
    return (1...length + 1).contains(error.column) ? nil : "no such column: \(error)"
  }

  /// What a history loses when it is written and read again, if anything.
  static func loss(of file: HistoryFile) -> String? {
    let text = HistoryWriter.write(file.history, format: .ndjson, model: file.suggestedModel)
    do throws(HistoryError) {
      let copy = try HistoryReader.readFile(Array(text.utf8))
      if !isReadableElsewhere(file.history) { return "cannot be read as EDN or JSON" }
      // Processes with several open operations are given more numbers, and only those.
      guard copy.history.operations.count == file.history.operations.count,
        copy.suggestedModel == file.suggestedModel
      else { return "lost something" }
      for (original, copy) in zip(file.history.operations, copy.history.operations) {
        var expected = original
        expected.invocation.process = copy.invocation.process
        if expected != copy { return "\(original) became \(copy)" }
      }
      return nil
    } catch {
      return "cannot be read again: \(error)"
    }
  }

  /// Whether other tools' formats can be read after they were written.
  private static func isReadableElsewhere(_ history: History) -> Bool {
    [(HistoryWriter.Format.edn, HistoryFormat.edn), (.json, .json)].allSatisfy { format, reader in
      let text = HistoryWriter.write(history, format: format)
      return (try? HistoryReader.read(text, format: reader))?.eventCount == history.eventCount
    }
  }
}

extension Audits {
  /// The readers of histories, format by format.
  public static var readers: [Audit] {
    HistoryFormat.allCases.map { format in
      Audit("reader \(format.rawValue)") { ReaderAudit.run($0, format: format) }
    }
  }
}
