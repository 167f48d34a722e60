import Checking
import Histories
import Testing

/// A model that is not one of ours, made with nothing but what the library offers to everyone.
struct OwnModelTests {
  private struct HighWaterMark: DeterministicSpecification {
    enum Action: Hashable { case raise(Int64), read(Int64) }
    let initialState: Int64

    func action(for operation: Operation) throws(SpecificationError) -> Action? {
      switch (operation.invocation.function, operation.invocation.input, operation.completion) {
      case ("raise", .integer(let value), _): return .raise(value)
      case ("read", _, .ok(.integer(let value))): return .read(value)
      case ("read", _, .info): return nil
      default:
        throw SpecificationError(operation, message: "no such call", fix: "use raise and read")
      }
    }

    func apply(_ action: Action, to mark: Int64) -> Int64? {
      switch action {
      case .raise(let value): max(mark, value)
      case .read(let value): value == mark ? mark : nil
      }
    }

    func isPure(_ action: Action) -> Bool { if case .read = action { true } else { false } }
  }

  private static let failure = """
    {:process 0 :type :invoke :f :raise :value 5}
    {:process 0 :type :ok :f :raise :value 5}
    {:process 0 :type :invoke :f :raise :value 3}
    {:process 1 :type :invoke :f :read}
    {:process 0 :type :ok :f :raise :value 3}
    {:process 1 :type :ok :f :read :value 3}
    """

  private let guide = Guide(
    summary: "raise to a number unless it is higher, read; 0 at first",
    guarantee: "The mark never falls.", complexity: "O(n)", source: "ours",
    failure: Self.failure)

  @Test func `a model of your own takes a specification and a guide`() throws {
    let model = Model(
      "high-water-mark", guide: guide, specification: HighWaterMark(initialState: 0))
    let history = try HistoryReader.read(Self.failure)
    #expect(try model.check(history).explanation?.operation == OperationID(2))
    #expect(model.summary == guide.summary)
  }

  @Test func `a model of your own may have options`() throws {
    let model = Model(
      "high-water-mark", guide: guide,
      options: [
        CheckerOption(
          "initial", values: .number(minimum: 0, default: 0), meaning: "the mark at first")
      ]
    ) { HighWaterMark(initialState: $0.number("initial") ?? 0) }
    let history = try HistoryReader.read(
      """
      {:process 1 :type :invoke :f :read}
      {:process 1 :type :ok :f :read :value 0}
      """)
    let certificate = try #require(try model.check(history).linearization)
    #expect(try model.verify(certificate, history: history) == nil)
    let empty = Linearization(partitions: [])
    #expect(try model.verify(empty, history: history) == "operation 0 completed but has no place")
  }
}
