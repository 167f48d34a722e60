import Histories
import Testing

@testable import Checking

/// The verifier refuses every kind of false certificate.
struct LinearizationVerifierTests {
  private let history: History
  private let verifier = LinearizationVerifier(RegisterSpecification())

  init() throws {
    history = try HistoryReader.read(
      """
      {:process 0 :type :invoke :f :write :value 1}
      {:process 0 :type :ok :f :write :value 1}
      {:process 1 :type :invoke :f :write :value 2}
      {:process 2 :type :invoke :f :read}
      {:process 1 :type :ok :f :write :value 2}
      {:process 2 :type :ok :f :read :value 1}
      {:process 3 :type :invoke :f :write :value 3}
      {:process 3 :type :fail :f :write :value 3}
      """)
  }

  private func complaint(_ order: Int..., key: Value? = Value.none) throws -> String? {
    try verifier.complaint(
      about: Linearization(partitions: [.init(key: key, order: order.map { OperationID($0) })]),
      of: history)
  }

  @Test func `a sound certificate passes`() throws {
    #expect(try complaint(0, 2, 1) == nil)
  }

  @Test func `real time must be respected`() throws {
    #expect(
      try complaint(1, 0, 2)
        == "operation 0 completed before the one placed ahead of it began")
  }

  @Test func `every step must be legal`() throws {
    #expect(try complaint(0, 1, 2) == "operation 2 is illegal at its place")
  }

  @Test func `nothing that completed may be missing`() throws {
    #expect(try complaint(0, 1) == "operation 2 completed but has no place")
  }

  @Test func `nothing may happen twice or after it failed`() throws {
    #expect(try complaint(0, 0) == "operation 0 failed or took effect twice")
    #expect(try complaint(3) == "operation 3 failed or took effect twice")
  }

  @Test func `an operation belongs to one partition with all that touch its key`() throws {
    let ids = (0...2).map { OperationID($0) }
    let complaint = { (names: [Value]) in
      try verifier.complaint(
        about: Linearization(partitions: [
          .init(key: names[0], order: [ids[0], ids[2]]), .init(key: names[1], order: [ids[1]]),
        ]), of: history)
    }
    #expect(try complaint([.none, .text("x")]) == "operation 1 belongs to another partition")
    #expect(try complaint([.text("x"), .none]) == "operation 0 belongs to another partition")
    #expect(try complaint([.none, .none]) == "two partitions have the key nil")
  }
}
