import Determinism
import Histories

/// Registers' reads and writes, session by session; a session is a process.
struct SessionHistory {
  /// A read or write with the places of its session and of what the session knows about its key.
  struct Step {
    let access: RegisterHistory.Access
    let session: Int
    /// Numbers the pairs of a session and a key.
    let view: Int
  }

  private struct ViewName: Hashable {
    let session: Int
    let key: Int
  }

  let registers: RegisterHistory
  /// The reads and writes in order of invocation; those of one session are in its order.
  private(set) var steps: [Step] = []
  private(set) var sessionCount = 0
  private(set) var viewCount = 0

  init(_ registers: RegisterHistory) {
    self.registers = registers
    var sessions: [Int64: Int] = [:]
    var views: [ViewName: Int] = [:]
    for access in registers.accesses {
      let process = registers.operations[access.operation].invocation.process.number
      let session = sessions[process] ?? sessionCount
      if session == sessionCount {
        sessions[process] = session
        sessionCount += 1
      }
      let name = ViewName(session: session, key: access.key)
      let view = views[name] ?? viewCount
      if view == viewCount {
        views[name] = view
        viewCount += 1
      }
      steps.append(Step(access: access, session: session, view: view))
    }
  }

  /// The number of the process of an operation.
  func process(of operation: Int) -> Int64 {
    registers.operations[operation].invocation.process.number
  }
}
