import Histories
import Testing

@testable import Checking

/// A history's functions and values point to a model, or leave the choice open.
struct ModelSuggestionTests {
  /// The suggestion for calls `function input => output` that follow one another.
  private func suggestion(_ calls: String...) throws -> String? {
    var history = History()
    for call in calls {
      let parts = call.split(separator: " => ", maxSplits: 1)
      let text = """
        {:process 0 :type :invoke :f :\(parts[0].replacing(" ", with: " :value ", maxReplacements: 1))}
        {:process 0 :type :ok :f :\(parts[0].prefix { $0 != " " }) :value \(parts.count > 1 ? parts[1] : "nil")}
        """
      for operation in try HistoryReader.read(text).operations {
        history.complete(history.invoke(operation.invocation), operation.completion)
      }
    }
    return Models.suggested(for: history)
  }

  @Test(arguments: Models.all.map(\.name))
  func `the failure of a model is not taken for another object's`(name: String) throws {
    let model = try #require(Models.named(name))
    let suggested = Models.suggested(for: try HistoryReader.read(model.guide.failure))
    let same = [
      "register": "cas-register", "semaphore": "mutex", "reentrant-mutex": "mutex",
    ]
    let undecided = ["queue", "unordered-queue", "priority-queue", "log"]
    #expect(suggested == (undecided.contains(name) ? nil : same[name] ?? name))
  }

  @Test func `add and read are a counter's or a set's by what a read returns`() throws {
    #expect(try suggestion("add 1", "read => 1") == "counter")
    #expect(try suggestion("add 1", "read => #{1}") == "grow-only-set")
    #expect(try suggestion("add 1 => true", "read => #{1}") == "set")
    #expect(try suggestion("add 1", "read") == nil)
    #expect(try suggestion("add :a", "read => 1") == nil)
    #expect(try suggestion("add 1", "read => 1", "read => [1]") == nil)
    #expect(try suggestion("add 1", "decrement", "read => 0") == "counter")
  }

  @Test func `a set has contains, or a remove that says what`() throws {
    #expect(try suggestion("add 1", "remove 1", "read => #{}") == "set")
    #expect(try suggestion("insert 1", "contains 1 => true") == "set")
    #expect(try suggestion("add 1", "remove => 1") == nil)
  }

  @Test func `lists, logs and strings differ in what is read`() throws {
    #expect(try suggestion("append 1", "read => [1]") == "append-list")
    #expect(try suggestion("append 1 => 0", "read 0 => 1") == "log")
    #expect(try suggestion("append \"a\"", "read => \"a\"") == "kv-string")
    #expect(try suggestion("append \"a\"", "get => \"a\"") == "kv-string")
    #expect(try suggestion("append 1 => 1") == nil)
  }

  @Test func `locks differ in what acquire returns and takes`() throws {
    #expect(try suggestion("acquire", "release") == "mutex")
    #expect(try suggestion("acquire => false") == "mutex")
    #expect(try suggestion("acquire => 33", "release 33") == "lease")
    #expect(try suggestion("acquire 2", "release 2") == nil)
  }

  @Test func `queues with and without order have the same functions`() throws {
    #expect(try suggestion("enq 1", "deq => 1") == "queue")
    #expect(try suggestion("enqueue 1", "peek => 1") == "queue")
    #expect(try suggestion("enqueue 1", "dequeue => 1") == nil)
    #expect(try suggestion("add 1", "poll => 1") == nil)
    #expect(try suggestion("insert 1", "delete-max => 1") == "priority-queue")
    #expect(try suggestion("insert 1", "delete-min => 1") == "priority-queue?order=min")
    #expect(try suggestion("Push 1", "Pop => 1", "Len => 0") == "stack")
  }

  @Test func `transactions of reads and writes are a multi-register's, others are not`() throws {
    #expect(try suggestion("txn [[:read :x nil]] => [[:read :x 1]]") == "multi-register")
    #expect(try suggestion("txn [[:r :x nil]] => [[:r :x [1]]]") == nil)
    #expect(try suggestion("txn [[:append :x 1]] => [[:append :x 1]]") == nil)
  }

  @Test func `other functions fit nothing`() throws {
    #expect(try suggestion("frob 1") == nil)
    #expect(try suggestion("faa => 0") == "fetch-and-add")
    #expect(Models.suggested(for: History()) == "cas-register")
  }
}
