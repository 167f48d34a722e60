import Histories
import Testing

@testable import Checking

/// One small history for each way in which effects and derived states can go wrong.
struct EffectCheckerTests {
  private func answers(_ lines: String) throws -> [Bool?] {
    try ["exactly", "at-most", "at-least"].map { guarantee in
      let examination = try Examination("once?guarantee=\(guarantee)", lines)
      return examination.advice == nil ? examination.isValid : nil
    }
  }

  @Test func `a request that is tried again must not take effect again`() throws {
    let lines = """
      0 invoke request 7
      0 info request 7
      1 invoke request 7
      1 ok request 7
      2 invoke effects
      2 ok effects [7 7]
      """
    #expect(try Examination("once", lines).anomalies == ["repeated 2"])
    #expect(try answers(lines) == [false, false, true])
  }

  @Test func `an acknowledged request must take effect`() throws {
    let lines = """
      0 invoke request 7
      0 ok request 7
      0 invoke request 8
      0 info request 8
      2 invoke effects
      2 ok effects []
      """
    #expect(try Examination("once", lines).anomalies == ["missing 0"])
    #expect(try answers(lines) == [false, true, false])
  }

  @Test func `effects may be recorded one by one`() throws {
    let lines = """
      0 invoke request 7
      9 invoke effect 7
      9 ok effect 7
      0 ok request 7
      9 invoke effect 7
      9 ok effect 7
      """
    #expect(try Examination("once", lines).anomalies == ["repeated 1 2"])
  }

  @Test func `nothing takes effect before it is requested`() throws {
    let lines = """
      9 invoke effect 7
      9 ok effect 7
      0 invoke request 7
      0 ok request 7
      """
    #expect(try Examination("once", lines).anomalies == ["unrequested 0"])
    #expect(try answers(lines) == [false, false, false])
  }

  @Test func `a request that failed must not take effect`() throws {
    let lines = """
      0 invoke request 7
      0 fail request 7
      2 invoke effects
      2 ok effects [7]
      """
    #expect(try Examination("once", lines).anomalies == ["revived 1"])
  }

  @Test func `effects that were never observed, or too early, tell nothing`() throws {
    #expect(try answers("0 invoke request 7\n0 ok request 7") == [nil, nil, nil])
    let early = """
      2 invoke effects
      2 ok effects []
      0 invoke request 7
      0 ok request 7
      """
    #expect(try answers(early) == [nil, true, nil])
  }

  private let log = """
    0 invoke append [:x 1]
    0 ok append 0
    0 invoke append [:y 2]
    0 ok append 1
    0 invoke append [:x nil]
    0 ok append 2

    """

  @Test(arguments: [
    ("[0 {}]", ["behind 2 3"]), ("[1 {:x 1}]", ["behind 2 3"]),
    ("[2 {:y 2, :x 1}]", ["behind 2 3"]), ("[3 {:y 2}]", []),
    ("[3 {:y 2, :x 1}]", ["wrong-state 3"]), ("[2 {:y 2}]", ["wrong-state 3", "behind 2 3"]),
  ])
  func `a derived state is the fold of a prefix`(state: String, anomalies: [String]) throws {
    let examination = try Examination(
      "derived-state", log + "1 invoke derived\n1 ok derived \(state)")
    #expect(examination.anomalies == anomalies)
    #expect(examination.isValid == anomalies.isEmpty)
  }

  @Test func `catching up may be waived`() throws {
    let lines = log + "1 invoke derived\n1 ok derived [0 {}]"
    #expect(try Examination("derived-state?final=any", lines).isValid)
  }

  @Test(arguments: [("sum", "[2 7]", true), ("sum", "[2 6]", false), ("count", "[2 2]", true)])
  func `a log can be added up or counted`(fold: String, state: String, isValid: Bool) throws {
    let examination = try Examination(
      "derived-state?fold=\(fold)",
      "0 invoke log\n0 ok log [3 4]\n1 invoke derived\n1 ok derived \(state)")
    #expect(examination.isValid == isValid)
  }

  @Test func `readings of a log agree`() throws {
    let examination = try Examination(
      "derived-state",
      log + "1 invoke log\n1 ok log [[:x 1] [:y 3]]\n1 invoke derived\n1 ok derived [3 {:y 2}]")
    #expect(examination.isInvalid)
    #expect(examination.anomalies == ["inconsistent-log 1 3"])
  }

  @Test func `unknown entries and states that were never read tell nothing`() throws {
    #expect(try Examination("derived-state", log).advice != nil)
    let gap = log + "1 invoke derived\n1 ok derived [4 {:y 2}]"
    #expect(try Examination("derived-state", gap).advice != nil)
  }

  @Test(arguments: ["0 invoke derived\n0 ok derived 5", "0 invoke append 1\n0 ok append -1"])
  func `what makes no sense is an error, not a verdict`(lines: String) {
    #expect(throws: SpecificationError.self) { try Examination("derived-state", lines) }
  }
}
