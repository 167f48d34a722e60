/// The models that can be chosen by name.
public enum Models {
  /// Every model, in the order in which lists should show them.
  public static var all: [Model] {
    registers + counters + collections + locks + logs + accounts
  }

  /// The model with a name, or nil when there is none.
  ///
  /// Options follow the name: `cas-register?initial=0&nil-reads=unknown` starts at zero and takes a
  /// read of `nil` for a result that was not recorded, which is the convention of Knossos.
  public static func named(_ name: String) -> Model? {
    let parts = name.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let model = all.first { $0.name == parts[0] }
    return parts.count == 2 ? model?.setting(parts[1]) : model
  }
}

extension Guide {
  /// Creates the guide of a model that is judged by search.
  init(model summary: String, guarantee: String, source: String, failure: String) {
    self.init(
      summary: summary, guarantee: guarantee,
      complexity:
        "About n steps of the model; at worst n 2^k for k operations open at once, those with "
        + "unknown outcomes included.",
      source: source, failure: failure)
  }
}
