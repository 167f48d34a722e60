import Histories

extension Models {
  static var locks: [Model] { [mutex, reentrantMutex, semaphore, lease] }

  private static var mutex: Model {
    Model(
      "mutex",
      guide: Guide(
        model: "acquire and release of one lock, false when refused; free at first",
        guarantee: "The lock is never held twice at once.",
        source: "Dijkstra 1965; Knossos",
        failure: """
          {:process 0 :type :invoke :f :acquire}
          {:process 0 :type :ok :f :acquire}
          {:process 1 :type :invoke :f :acquire}
          {:process 1 :type :ok :f :acquire}
          """),
      specification: MutexSpecification(), monitor: Monitor.mutex)
  }

  private static var reentrantMutex: Model {
    Model(
      "reentrant-mutex",
      guide: Guide(
        model: "acquire, again by the same owner, and as many times release; free at first",
        guarantee:
          "The lock is never held by two owners at once, and only its owner gives it back.",
        source: "Jepsen's tests of Hazelcast",
        failure: """
          {:process 0 :type :invoke :f :acquire}
          {:process 0 :type :ok :f :acquire}
          {:process 0 :type :invoke :f :acquire}
          {:process 0 :type :ok :f :acquire}
          {:process 0 :type :invoke :f :release}
          {:process 0 :type :ok :f :release}
          {:process 1 :type :invoke :f :acquire}
          {:process 1 :type :ok :f :acquire}
          """),
      specification: ReentrantMutexSpecification())
  }

  private static var semaphore: Model {
    Model(
      "semaphore",
      guide: Guide(
        model: "acquire and release of one or more permits, false when refused",
        guarantee: "Never are more permits taken than there are.",
        source: "Dijkstra 1965",
        failure: """
          {:process 0 :type :invoke :f :acquire}
          {:process 0 :type :ok :f :acquire}
          {:process 1 :type :invoke :f :acquire}
          {:process 1 :type :ok :f :acquire}
          """),
      options: [
        CheckerOption(
          "permits", values: .number(minimum: 1, default: 1), meaning: "how many permits there are")
      ]
    ) { SemaphoreSpecification(permits: $0.number("permits") ?? 1) }
  }

  private static var lease: Model {
    Model(
      "lease",
      guide: Guide(
        model: "acquire returns a fencing token, renew and release name it; may expire",
        guarantee:
          "Every token is greater than those before it, and a holder that was superseded is "
          + "refused for good.",
        source: "Gray and Cheriton 1989; Kleppmann 2016",
        failure: """
          {:process 0 :type :invoke :f :acquire}
          {:process 0 :type :ok :f :acquire :value 1}
          {:process 1 :type :invoke :f :acquire}
          {:process 1 :type :ok :f :acquire :value 2}
          {:process 0 :type :invoke :f :renew :value 1}
          {:process 0 :type :ok :f :renew :value true}
          """),
      options: [
        CheckerOption(
          "expiry", values: .word(["possible", "never"]),
          meaning: "whether a lease may end without a release")
      ], monitor: Monitor.lease
    ) { LeaseSpecification(expires: $0.word("expiry") == "possible") }
  }
}
