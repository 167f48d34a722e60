/// One question to a fresh worker.
enum WorkerConversation {
  /// What the worker said, and how it ended: a Swift trap shows as a signal.
  struct Answer {
    var text = ""
    var exit: ChildExit
  }

  static func ask(_ question: String, _ file: ScenarioFile) throws(CommandFailure) -> Answer {
    var pool = ChildPool()
    do throws(ProcessError) {
      let child = try ChildProcess.spawnSelf(["worker", file.reference])
      _ = child.send(question)
      child.closeInput()
      _ = pool.add(child)
    } catch {
      throw CommandFailure("orrery: cannot start a worker: \(error)\n", .internalError)
    }
    var text = ""
    while true {
      for event in pool.wait(milliseconds: 1_000) {
        switch event {
        // A long line arrives in pieces; the answer is one line, so they belong together.
        case .line(_, let piece): text += piece
        case .errorLine: break
        case .ended(_, let exit): return Answer(text: text, exit: exit)
        }
      }
    }
  }
}
