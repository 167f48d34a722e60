/// A configuration that knows which of its values make no sense together.
public protocol ValidatedConfiguration: Sendable {
  /// What is wrong with the values, or nil if nothing is.
  var complaint: ConfigurationComplaint? { get }
}

extension ValidatedConfiguration {
  /// Nothing: for configurations whose values do not depend on each other.
  public var complaint: ConfigurationComplaint? { nil }
}

/// A value of a configuration that makes no sense beside the others.
public struct ConfigurationComplaint: Error, Hashable, Sendable {
  /// The name of the option, as scenarios write it.
  public let option: String
  /// What is wrong, continuing a sentence that begins with the option's name.
  public let text: String
  /// What to do about it.
  public let hint: String?

  /// Creates a complaint about an option.
  public init(_ option: String, _ text: String, hint: String? = nil) {
    self.option = option
    self.text = text
    self.hint = hint
  }
}
