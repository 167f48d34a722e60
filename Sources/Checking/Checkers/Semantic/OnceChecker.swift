import Histories

extension Checker {
  /// Every request takes effect as often as its guarantee says.
  ///
  /// A `request` carries an identifier, its idempotency key; a client that tries again requests the
  /// same identifier again. What the requests brought about is recorded as an `effect` with the
  /// identifier for each time that one took effect, or read in an `effects` that lists the
  /// identifiers of all effects so far, repeated as often as they took effect.
  static var once: Checker {
    Checker(
      "once",
      guide: Guide(
        summary: "request, effect and effects of identifiers: nothing is done twice or forgotten",
        guarantee: "exactly: each acknowledged request took effect once; at-most: none took effect "
          + "twice; at-least: each acknowledged one took effect. In any case nothing took effect "
          + "that was not requested, or whose requests all failed",
        complexity: "O(n) in the length of all reads together",
        source: "the definition of delivery guarantees; catalogues of bugs call it idempotence",
        failure: """
          {:process 0 :type :invoke :f :request :value 7}
          {:process 0 :type :ok :f :request :value 7}
          {:process 1 :type :invoke :f :effects}
          {:process 1 :type :ok :f :effects :value [7 7]}
          """),
      options: [
        CheckerOption(
          "guarantee", values: .word(["exactly", "at-most", "at-least"]),
          meaning: "how often a request takes effect")
      ]
    ) { (history, options, _) throws(SpecificationError) in
      var analysis = OnceAnalysis(guarantee: options.word("guarantee"))
      for object in ObjectHistory.all(of: history) {
        analysis.judge(try RequestLedger(object))
      }
      return analysis.assessment
    }
  }
}

/// Compares how often each identifier was requested and took effect.
private struct OnceAnalysis {
  private let mayRepeat: Bool
  private let mayBeMissing: Bool
  private var findings = Findings("repeated", "missing", "unrequested", "revived")
  private var requested = 0
  private var acknowledged = 0
  private var effects = 0
  private var doubt: String?

  init(guarantee: String) {
    mayRepeat = guarantee == "at-least"
    mayBeMissing = guarantee == "at-most"
  }

  mutating func judge(_ ledger: RequestLedger) {
    judgeCauses(ledger)
    for (number, tally) in ledger.tallies.enumerated() {
      judgeCount(tally, of: ledger.identifier(number), ledger: ledger)
    }
    if !ledger.isObserved && !ledger.tallies.isEmpty {
      doubt = "no effect was ever observed: record each effect, or read the effects at the end"
    }
  }

  /// Looks for effects without cause; names each identifier once.
  private mutating func judgeCauses(_ ledger: RequestLedger) {
    var isBlamed = Array(repeating: false, count: ledger.tallies.count)
    for sighting in ledger.sightings where !isBlamed[sighting.number] {
      let tally = ledger.tallies[sighting.number]
      guard tally.possibleAt > sighting.end else { continue }
      isBlamed[sighting.number] = true
      let identifier = ledger.identifier(sighting.number)
      if tally.requestedAt > sighting.end {
        findings.add(
          "unrequested", key: ledger.key, operations: [sighting.id],
          text: "\(identifier) took effect before any request")
      } else {
        findings.add(
          "revived", key: ledger.key, operations: [sighting.id],
          text: "\(identifier) took effect, but its requests failed")
      }
    }
  }

  private mutating func judgeCount(
    _ tally: RequestLedger.Tally, of identifier: Value, ledger: RequestLedger
  ) {
    effects += tally.count
    if tally.requestedAt != .max { requested += 1 }
    if tally.count > 1 {
      findings.add(
        "repeated", isHarmless: mayRepeat, key: ledger.key, operations: tally.repetition,
        text: "\(identifier) took effect \(tally.count) times")
    }
    guard let request = tally.acknowledged else { return }
    acknowledged += 1
    guard tally.count == 0 else { return }
    if request.end < ledger.due {
      findings.add(
        "missing", isHarmless: mayBeMissing, key: ledger.key, operations: [request.id],
        text: "\(identifier) was acknowledged but never took effect")
    } else if !mayBeMissing {
      doubt = "some requests were acknowledged after effects were read last: read them once more"
    }
  }

  var assessment: Assessment {
    findings.assessment(
      [
        .count("request-count", count: requested),
        .count("acknowledged-count", count: acknowledged),
        .count("effect-count", count: effects),
      ], doubt: doubt)
  }
}
