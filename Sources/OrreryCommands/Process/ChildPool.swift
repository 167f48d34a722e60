import Glibc

/// Waits for several children at once and hands out what they say, line by line.
struct ChildPool {
  /// Something that a child did; children are named by the number that `add` returned.
  enum Event: Equatable {
    case line(child: Int, String)
    case errorLine(child: Int, String)
    /// The child has ended and left the pool; all its lines came before.
    case ended(child: Int, ChildExit)
  }

  private var members: [(number: Int, process: ChildProcess)] = []
  private var nextNumber = 0

  /// How many children have not ended yet.
  var count: Int { members.count }

  /// Takes in a child and returns the number by which events name it.
  mutating func add(_ process: ChildProcess) -> Int {
    defer { nextNumber += 1 }
    members.append((nextNumber, process))
    return nextNumber
  }

  /// The child of a number, or nil after its end.
  func process(_ number: Int) -> ChildProcess? {
    members.first { $0.number == number }?.process
  }

  /// Waits until a child speaks or ends, a signal arrives, or the time is over.
  ///
  /// The events of one call come in the order of the children's numbers. No event means that the
  /// time is over or a signal has arrived: the caller should look at its clock and at `Interrupt`.
  mutating func wait(milliseconds: Int32) -> [Event] {
    var requests = members.flatMap { member in
      member.process.openDescriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    }
    // A child that has closed its pipes but not ended yet wakes nobody: look again soon.
    let hasSilentMember = members.contains { $0.process.openDescriptors.isEmpty }
    let patience = hasSilentMember ? min(milliseconds, 5) : milliseconds
    guard poll(&requests, nfds_t(requests.count), patience) >= 0 else { return [] }
    var events: [Event] = []
    var ended: [Int] = []
    for (number, process) in members {
      events += process.readOutput().map { .line(child: number, $0) }
      events += process.readErrors().map { .errorLine(child: number, $0) }
      if process.openDescriptors.isEmpty, let exit = process.exitIfEnded() {
        events.append(.ended(child: number, exit))
        ended.append(number)
      }
    }
    // Asking the processes again could find one that has ended since, and lose its end.
    members.removeAll { ended.contains($0.number) }
    return events
  }

  /// Sends a signal to every child.
  func signal(_ number: Int32) {
    for member in members { member.process.signal(number) }
  }
}
