extension Value {
  /// Reads the one value that a text of EDN consists of, or returns nil if it is something else.
  ///
  /// The inverse of `description`, for the values of options on command lines.
  public init?(edn text: String) {
    var reader = EDNReader(Array(text.utf8))
    do throws(HistoryError) {
      guard let value = try reader.next()?.value(in: reader.source),
        try reader.nextOffset() == reader.source.bytes.count
      else { return nil }
      self = value
    } catch {
      return nil
    }
  }
}
