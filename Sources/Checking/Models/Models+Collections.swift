import Histories

extension Models {
  static var collections: [Model] {
    [set, growOnlySet, queue, stack, priorityQueue, unorderedQueue]
  }

  private static var set: Model {
    Model(
      "set",
      guide: Guide(
        model: "add, remove and contains an element, read all elements; empty at first",
        guarantee:
          "Every answer fits the elements that were added and not removed before it; an add or "
          + "remove that says true changed the set, one that says false did not.",
        source: "Herlihy and Shavit 2008, chapter 9",
        failure: """
          {:process 0 :type :invoke :f :add :value 1}
          {:process 0 :type :ok :f :add :value true}
          {:process 1 :type :invoke :f :contains :value 1}
          {:process 1 :type :ok :f :contains :value false}
          """),
      specification: SetSpecification(), monitor: Monitor.set)
  }

  private static var growOnlySet: Model {
    Model(
      "grow-only-set",
      guide: Guide(
        model: "add an element, read all elements; empty at first",
        guarantee: "Every read returns just the elements that were added before it.",
        source: "Jepsen's set workload; Knossos",
        failure: """
          {:process 0 :type :invoke :f :add :value 1}
          {:process 0 :type :ok :f :add :value 1}
          {:process 1 :type :invoke :f :read}
          {:process 1 :type :ok :f :read :value #{}}
          """),
      specification: GrowOnlySetSpecification())
  }

  private static var queue: Model {
    Model(
      "queue",
      guide: Guide(
        model: "enqueue, dequeue and peek, first in first out; nil when empty",
        guarantee:
          "Elements leave in the order in which they entered; none is lost, invented or "
          + "delivered twice.",
        source: "Herlihy and Wing 1990; Knossos' fifo-queue",
        failure: """
          {:process 0 :type :invoke :f :enqueue :value 1}
          {:process 0 :type :ok :f :enqueue :value 1}
          {:process 0 :type :invoke :f :enqueue :value 2}
          {:process 0 :type :ok :f :enqueue :value 2}
          {:process 1 :type :invoke :f :dequeue}
          {:process 1 :type :ok :f :dequeue :value 2}
          """),
      specification: PoolSpecification(.firstInFirstOut), monitor: Monitor.pool)
  }

  private static var stack: Model {
    Model(
      "stack",
      guide: Guide(
        model: "push, pop, peek and len, last in first out; nil when empty",
        guarantee:
          "Every pop takes the latest element that is left; none is lost, invented or delivered "
          + "twice.",
        source: "Herlihy and Shavit 2008, chapter 11; Stateright's vec",
        failure: """
          {:process 0 :type :invoke :f :push :value 1}
          {:process 0 :type :ok :f :push :value 1}
          {:process 0 :type :invoke :f :push :value 2}
          {:process 0 :type :ok :f :push :value 2}
          {:process 1 :type :invoke :f :pop}
          {:process 1 :type :ok :f :pop :value 1}
          """),
      specification: PoolSpecification(.lastInFirstOut), monitor: Monitor.pool)
  }

  private static var priorityQueue: Model {
    Model(
      "priority-queue",
      guide: Guide(
        model: "insert a priority or [priority value], poll and peek the highest; nil when empty",
        guarantee:
          "Every poll takes an element of the highest priority that is left; none is lost, "
          + "invented or delivered twice.",
        source: "Herlihy and Shavit 2008, chapter 15",
        failure: """
          {:process 0 :type :invoke :f :insert :value [1 "low"]}
          {:process 0 :type :ok :f :insert}
          {:process 0 :type :invoke :f :insert :value [2 "high"]}
          {:process 0 :type :ok :f :insert}
          {:process 1 :type :invoke :f :poll}
          {:process 1 :type :ok :f :poll :value [1 "low"]}
          """),
      options: [
        CheckerOption(
          "order", values: .word(["max", "min"]), meaning: "which priority is taken first")
      ], monitor: Monitor.pool
    ) { PoolSpecification($0.word("order") == "min" ? .lowestFirst : .highestFirst) }
  }

  private static var unorderedQueue: Model {
    Model(
      "unordered-queue",
      guide: Guide(
        model: "enqueue, and dequeue any element; nil when empty",
        guarantee: "No element is lost, invented or delivered twice; their order is free.",
        source: "Knossos' unordered-queue",
        failure: """
          {:process 0 :type :invoke :f :enqueue :value 1}
          {:process 0 :type :ok :f :enqueue :value 1}
          {:process 1 :type :invoke :f :dequeue}
          {:process 1 :type :ok :f :dequeue :value 1}
          {:process 1 :type :invoke :f :dequeue}
          {:process 1 :type :ok :f :dequeue :value 1}
          """),
      specification: PoolSpecification(.any), monitor: Monitor.pool)
  }
}
