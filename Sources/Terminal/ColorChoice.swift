/// What the user said about colour on the command line.
public enum ColorChoice: String, CaseIterable, Sendable {
  /// Colour where a person can see it.
  case auto
  /// Colour even into a file or pipe.
  case always
  /// No colour at all.
  case never
}
