public import Histories

extension Monitor where Specification == RegisterSpecification {
  /// Judges registers whose values are written once, without compare-and-set, by their zones.
  public static func register(_ specification: RegisterSpecification) -> Monitor {
    Monitor(initial: specification.initialState, order: ZoneMonitor.order) { action, _ in
      switch action {
      case .read(let value): .step(.find, value: value)
      case .unrecordedRead: .step(.idle, value: nil)
      case .write(let value): .step(.add, value: value)
      case .compareAndSet, .mismatch: .foreign("there are compare-and-sets")
      }
    }
  }
}

extension Monitor where Specification == TextStoreSpecification {
  /// Judges stores of texts that are put once, without appends, by their zones.
  public static func textStore(_ specification: TextStoreSpecification) -> Monitor {
    Monitor(initial: .text(""), order: ZoneMonitor.order) { action, _ in
      switch action {
      case .get(let content): .step(.find, value: .text(content.text))
      case .put(let text): .step(.add, value: .text(text))
      case .append: .foreign("there are appends")
      }
    }
  }
}
