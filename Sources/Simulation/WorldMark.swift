/// A place that the world itself marks, whatever runs in it; goals of campaigns can name it.
public enum WorldMark: String, CaseIterable, Sendable {
  /// A node that refused a damaged journal and stays down.
  case journalRefused = "journal-refused"
}
