import Histories

extension Audits {
  /// The searches for linearizations, model by model.
  static var models: [Audit] {
    registers + counters + collections + locks + logs + accounts
  }
}

extension RandomHistories {
  /// Calls of a function with each of these inputs.
  static func calls(
    _ function: String, key: Value = .none, inputs: [Value] = [.none],
    outputs: [Value] = [.none], untold: [Value] = []
  ) -> [Call] {
    inputs.map {
      Call(function: function, key: key, input: $0, outputs: outputs, untold: untold)
    }
  }
}

extension [Value] {
  /// Whole numbers.
  static func integers(_ numbers: ClosedRange<Int64>) -> [Value] { numbers.map { .integer($0) } }

  /// What an operation may answer that can be refused, or that tells whether it changed anything.
  static var answers: [Value] { [.boolean(true), .boolean(false)] }
}
