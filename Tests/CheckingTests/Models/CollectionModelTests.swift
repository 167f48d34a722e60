import Histories
import Testing

/// What sets, queues, stacks, priority queues and bags allow.
struct CollectionModelTests {
  @Test func `a set tells whether an element is there`() throws {
    #expect(try allows("set", "add 1", "contains 1 => true", "contains 2 => false"))
    #expect(try !allows("set", "add 1", "contains 1 => false"))
    #expect(try !allows("set", "contains 1 => true"))
    #expect(try allows("set", "insert 1", "delete 1", "member 1 => false"))
    #expect(try !allows("set", "add 1", "remove 1", "contains 1 => true"))
  }

  @Test func `an add that says true found no such element, one that says false did`() throws {
    #expect(try allows("set", "add 1 => true", "add 1 => false", "read => #{1}"))
    #expect(try !allows("set", "add 1 => true", "add 1 => true"))
    #expect(try !allows("set", "add 1 => false"))
    #expect(try allows("set", "add 1 => 1", "add 1 => 1"))
  }

  @Test func `a remove that says true found the element, one that says false did not`() throws {
    #expect(try allows("set", "add 1", "remove 1 => true", "remove 1 => false"))
    #expect(try !allows("set", "add 1", "remove 1 => false"))
    #expect(try !allows("set", "remove 1 => true"))
    #expect(try allows("set", "remove 1"))
  }

  @Test func `a crashed add or remove may have happened`() throws {
    #expect(try allows("set", "add 1 => ?", "read => #{}", "read => #{1}"))
    #expect(try !allows("set", "add 1 => ?", "read => #{1}", "read => #{}"))
    #expect(try allows("set", "add 1", "remove 1 => ?", "read => #{1}", "read => #{}"))
  }

  @Test func `a set that only grows has no remove`() throws {
    #expect(try allows("grow-only-set", "add 1", "add 1", "add \"x\"", "read => [\"x\" 1]"))
    #expect(try !allows("grow-only-set", "add 1", "read => [1 1]"))
    #expect(try allows("grow-only-set", "read => nil"))
    #expect(throws: SpecificationError.self) { try allows("grow-only-set", "remove 1") }
  }

  @Test func `a queue gives back the oldest element, each once`() throws {
    #expect(try allows("queue", "enqueue 1", "enqueue 2", "dequeue => 1", "dequeue => 2"))
    #expect(try !allows("queue", "enqueue 1", "enqueue 2", "dequeue => 2"))
    #expect(try !allows("queue", "enq 1", "deq => 1", "deq => 1"))
    #expect(try !allows("queue", "deq => 1", "enq 1"))
    #expect(try allows("queue", "enq 1", "enq 1", "deq => 1", "deq => 1"))
  }

  @Test func `a queue is empty when a dequeue or a peek returns nil`() throws {
    #expect(try allows("queue", "dequeue => nil", "peek", "enqueue 1", "peek => 1", "len => 1"))
    #expect(try !allows("queue", "enqueue 1", "dequeue => nil"))
    #expect(try !allows("queue", "enqueue 1", "peek => nil"))
    #expect(try !allows("queue", "enqueue 1", "size => 2"))
    #expect(throws: SpecificationError.self) { try allows("queue", "enqueue") }
  }

  @Test func `a crashed dequeue may have removed the head, at any later time`() throws {
    #expect(try allows("queue", "enqueue 1", "enqueue 2", "dequeue => ?", "dequeue => 2"))
    #expect(try allows("queue", "enqueue 1", "dequeue => ?", "dequeue => 1"))
    #expect(
      try allows("queue", "enqueue 1", "dequeue => ?", "enqueue 2", "peek => 1", "dequeue => 2"))
    #expect(
      try !allows("queue", "enqueue 1", "enqueue 2", "enqueue 3", "dequeue => ?", "dequeue => 3"))
  }

  @Test func `a stack gives back the newest element`() throws {
    #expect(try allows("stack", "push 1", "push 2", "pop => 2", "pop => 1", "pop => nil"))
    #expect(try !allows("stack", "push 1", "push 2", "pop => 1"))
    #expect(try allows("stack", "Push 10", "Push 20", "Len => 2", "Pop => 20", "top => 10"))
    #expect(try !allows("stack", "push 1", "len => 0"))
    #expect(try allows("stack", "push 1", "push 2", "pop => ?", "pop => 1"))
  }

  @Test func `a priority queue gives back the highest priority`() throws {
    #expect(try allows("priority-queue", "insert 1", "insert 3", "add 2", "poll => 3"))
    #expect(try !allows("priority-queue", "insert 1", "insert 3", "poll => 1"))
    #expect(try allows("priority-queue", "insert 1", "insert 3", "poll => ?", "peek => 1"))
    #expect(try allows("priority-queue?order=min", "insert 1", "insert 3", "delete-min => 1"))
    #expect(try !allows("priority-queue?order=min", "insert 1", "insert 3", "poll => 3"))
  }

  @Test func `elements of equal priority come in any order`() throws {
    let inserts = ["insert [5 \"a\"]", "insert [5 \"b\"]", "insert [4 \"c\"]"]
    for name in ["a", "b"] {
      let poll = "poll => [5 \"\(name)\"]"
      #expect(try allows("priority-queue", inserts[0], inserts[1], inserts[2], poll))
    }
    #expect(
      try !allows("priority-queue", inserts[0], inserts[1], inserts[2], "poll => [4 \"c\"]"))
    for name in ["a", "b"] {
      let rest = "poll => [5 \"\(name)\"]"
      #expect(
        try allows("priority-queue", inserts[0], inserts[1], "poll => ?", "len => 1", rest))
    }
  }

  @Test func `a bag gives back any element, each once`() throws {
    #expect(
      try allows("unordered-queue", "enqueue 1", "enqueue 2", "dequeue => 2", "dequeue => 1"))
    #expect(try !allows("unordered-queue", "enqueue 1", "dequeue => 1", "dequeue => 1"))
    #expect(try !allows("unordered-queue", "enqueue 1", "dequeue => nil"))
    for element in 1...2 {
      #expect(
        try allows(
          "unordered-queue", "enqueue 1", "enqueue 2", "dequeue => ?", "len => 1",
          "dequeue => \(element)", "dequeue => nil"))
    }
  }
}
