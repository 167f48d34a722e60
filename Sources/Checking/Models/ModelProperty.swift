public import Histories

/// A property that a history is judged for with the help of a model of its object.
public enum ModelProperty: String, CaseIterable, Sendable {
  /// Operations take effect one at a time, each between its invocation and its completion.
  case linearizable
  /// Operations take effect one at a time, those of each process in its own order.
  case sequential

  /// What the property is for.
  public var guide: Guide {
    switch self {
    case .linearizable:
      Guide(
        summary: "Each operation takes effect at one instant between invocation and completion.",
        guarantee:
          "There is an order of the operations that the model allows and that respects real time: "
          + "nothing comes before what had completed when it was invoked.",
        complexity:
          "Near-linear with a monitor; otherwise about n 2^k for k operations open at once, those "
          + "with unknown outcomes included.",
        source: "Herlihy and Wing 1990; Wing and Gong 1993; Lowe 2017; Lee and Mathur 2025",
        failure: """
          {:process 0 :type :invoke :f :write :value 1}
          {:process 0 :type :ok :f :write :value 1}
          {:process 1 :type :invoke :f :read}
          {:process 1 :type :ok :f :read :value nil}
          """)
    case .sequential:
      Guide(
        summary: "Some order of all operations is legal and keeps each process's own order.",
        guarantee:
          "There is an order of the operations that the model allows and in which each process's "
          + "operations keep their order; real time says nothing.",
        complexity:
          "NP-hard; at worst the product of the lengths of all processes. Keys cannot be judged "
          + "apart.",
        source: "Lamport 1979; Attiya and Welch 1994",
        failure: """
          {:process 0 :type :invoke :f :write :value 1}
          {:process 0 :type :ok :f :write :value 1}
          {:process 0 :type :invoke :f :read}
          {:process 0 :type :ok :f :read :value nil}
          """)
    }
  }

  /// Judges a history by a model within limits; an invalid one comes with its smallest invalid part.
  public func check(
    _ history: History, model: Model, limits: SearchLimits = .standard
  ) throws(SpecificationError) -> Assessment {
    switch self {
    case .linearizable:
      let verdict = try model.check(history, limits: limits)
      guard case .invalid(let explanation) = verdict else { return Assessment(verdict) }
      return Assessment(.invalid(try model.minimize(explanation, of: history)))
    case .sequential: return try model.checkSequential(history, limits: limits)
    }
  }
}
