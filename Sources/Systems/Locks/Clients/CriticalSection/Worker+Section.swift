import Determinism
import Histories
import ProtocolKit

/// One critical section after another.
extension Worker {
  /// Waits a random time before the next section, and for nothing else any more.
  mutating func think(_ effects: inout Effects<Message>) {
    stage = .thinking
    request = nil
    effects.cancelTimer(Timer.own(.timeout))
    effects.cancelTimer(Timer.own(.work))
    guard client.place < workload.workers, sectionsBegun < workload.sections else { return }
    let pause = effects.choose().between(workload.thinkShortest, workload.thinkLongest)
    effects.setTimer(Timer.own(.think), after: pause)
  }

  mutating func beginSection(_ effects: inout Effects<Message>) {
    precondition(stage == .thinking, "a section begins when the one before is over")
    sectionsBegun += 1
    lock = LockName(effects.choose().below(workload.locks))
    incrementsLeft = workload.increments
    sequence = 0
    stage = .acquiring
    invoke("acquire", "lock", &effects)
    holder.acquire(lock, &effects)
  }

  /// Learns what became of the lock.
  mutating func learn(_ news: LockNews, _ effects: inout Effects<Message>) {
    switch (news, stage) {
    case (.granted, .acquiring):
      grantCount += 1
      client.complete(.ok(.integer(Int64(holder.grant?.token.number ?? 0))), &effects)
      read(&effects)
    case (.released(let isDone), .releasing):
      client.complete(.ok(.boolean(isDone)), &effects)
      think(&effects)
    case (.lost, .thinking): break
    case (.lost, .reading), (.lost, .computing):
      client.complete(.fail, &effects)
      think(&effects)
    case (.lost, _):
      client.complete(.info, &effects)
      think(&effects)
    case (.granted, _), (.released, _):
      break  // News of a lock that was given up meanwhile: nobody uses it, and its lease will end.
    case (.entries, _), (.written, _), (.mismatch, _), (.changed, _):
      preconditionFailure("a worker asks for its lock alone")
    }
  }

  /// Begins an increment, if the lock may still be used.
  private mutating func read(_ effects: inout Effects<Message>) {
    guard incrementsLeft > 0, isStillOurs(&effects) else { return release(&effects) }
    incrementsLeft -= 1
    stage = .reading
    invoke("increment", "file", &effects)
    ask(.read, &effects)
  }

  /// Hears from a storage.
  mutating func hear(_ reply: StorageReply, _ effects: inout Effects<Message>) {
    guard reply.id == request else { return }
    request = nil
    effects.cancelTimer(Timer.own(.timeout))
    switch (reply.body, stage) {
    case (.value(let value), .reading): compute(from: value, &effects)
    case (.written, .writing(let value)):
      client.complete(.ok(.integer(value)), &effects)
      effects.mark("section-done")
      read(&effects)
    case (.fenced, .reading):
      effects.mark("worker-fenced")
      client.complete(.fail, &effects)
      release(&effects)
    case (.fenced, .writing):
      effects.mark("worker-fenced")
      // The network may have duplicated the write, and another copy may have been in time.
      client.complete(.info, &effects)
      release(&effects)
    case (.value, _), (.written, _), (.fenced, _):
      preconditionFailure("the storage answered something else than it was asked")
    }
  }

  /// Looks at the lease, then works on what was read: what comes in between cannot be excluded.
  private mutating func compute(from value: Int64, _ effects: inout Effects<Message>) {
    effects.mark("read-before-write")
    guard isStillOurs(&effects) else {
      client.complete(.fail, &effects)
      return release(&effects)
    }
    effects.mark("lease-checked")
    stage = .computing(from: value)
    effects.setTimer(
      Timer.own(.work), after: effects.choose().between(workload.workShortest, workload.workLongest)
    )
  }

  mutating func write(_ effects: inout Effects<Message>) {
    guard case .computing(let value) = stage else {
      preconditionFailure("what is written was computed before")
    }
    if let left = holder.grant?.lease.remaining(effects), left < .zero {
      effects.mark("lease-overrun")
      effects.note("\(id) does not notice that its lease ended \((.zero - left).inWords) ago")
    }
    stage = .writing(value + 1)
    ask(.write(value + 1), &effects)
  }

  private mutating func release(_ effects: inout Effects<Message>) {
    guard holder.grant != nil else { return think(&effects) }
    stage = .releasing
    effects.mark("before-release")
    invoke(
      "release", "lock", input: .integer(Int64(holder.grant?.token.number ?? 0)), &effects)
    holder.release(&effects)
  }

  /// Stops waiting for the storage; whether a write happened stays unknown.
  mutating func giveUp(_ effects: inout Effects<Message>) {
    precondition(request != nil, "the timer of a request ends with it")
    request = nil
    effects.mark("storage-timeout")
    switch stage {
    case .writing: client.complete(.info, &effects)
    case .reading: client.complete(.fail, &effects)
    case .thinking, .acquiring, .computing, .releasing:
      preconditionFailure("a storage is asked for reads and writes alone")
    }
    release(&effects)
  }

  private func isStillOurs(_ effects: inout Effects<Message>) -> Bool {
    guard let grant = holder.grant else { return false }
    let left = grant.lease.remaining(effects)
    effects.note("\(id) looks at its lease: \(left.inWords) left")
    return holder.mayAct(effects)
  }

  private mutating func ask(
    _ action: StorageRequest.Action, _ effects: inout Effects<Message>
  ) {
    let request = requests.next()
    self.request = request
    sequence += 1
    let token = holder.grant?.token ?? .none
    let storage = configuration.storages[Int(lock.number) % configuration.storages.count]
    effects.setTimer(Timer.own(.timeout), after: workload.timeout)
    effects.send(
      .storage(
        StorageRequest(
          id: request, resource: lock,
          grant: GrantID(holder: id, ordinal: grantCount),
          point: FencePoint(token: token, sequence: token == .none ? 0 : sequence),
          action: action)),
      to: storage)
  }

  private mutating func invoke(
    _ function: String, _ kind: String, input: Value = .none, _ effects: inout Effects<Message>
  ) {
    client.invoke(function, key: .text("\(kind)/\(lock)"), input: input, &effects)
  }
}
