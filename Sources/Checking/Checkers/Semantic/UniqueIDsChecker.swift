import Histories

extension Checker {
  /// A generator never gives the same identifier twice.
  static var uniqueIDs: Checker {
    Checker(
      "unique-ids",
      guide: Guide(
        summary: "generate: no identifier is given out twice",
        guarantee: "all identifiers that were returned differ", complexity: "O(n)",
        source: "Jepsen, checker/unique-ids",
        failure: """
          {:process 0 :type :invoke :f :generate}
          {:process 0 :type :ok :f :generate :value 1}
          {:process 1 :type :invoke :f :generate}
          {:process 1 :type :ok :f :generate :value 1}
          """)
    ) { (history, _, _) throws(SpecificationError) in
      var findings = Findings("duplicated")
      var attempts = 0
      var acknowledged = 0
      for object in ObjectHistory.all(of: history) {
        var identifiers = Numbering<Value>()
        var holders: [(id: OperationID, count: Int)] = []
        for (id, operation) in object {
          guard operation.invocation.function == "generate" else {
            throw operation.foreign("unique-ids", fix: "use generate")
          }
          attempts += 1
          guard let identifier = operation.output else { continue }
          acknowledged += 1
          let number = Int(identifiers.number(of: identifier))
          if number == holders.count { holders.append((id, 0)) }
          holders[number].count += 1
          guard holders[number].count == 2 else { continue }
          findings.add(
            "duplicated", key: object.key, operations: [holders[number].id, id],
            text: "\(identifier) was given out twice")
        }
      }
      return findings.assessment([
        .count("attempted-count", count: attempts),
        .count("acknowledged-count", count: acknowledged),
      ])
    }
  }
}
