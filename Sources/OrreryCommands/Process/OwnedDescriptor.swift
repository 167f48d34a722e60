import Glibc

/// A file descriptor with one owner, closed when the owner lets go of it.
struct OwnedDescriptor: ~Copyable {
  let number: Int32

  init(_ number: Int32) {
    self.number = number
  }

  deinit { close(number) }
}

/// Both ends of a pipe; neither is inherited by children unless handed to them.
struct Pipe: ~Copyable {
  let reading: OwnedDescriptor
  let writing: OwnedDescriptor

  init() throws(ProcessError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw ProcessError("cannot create a pipe", errno) }
    self.reading = OwnedDescriptor(ends[0])
    self.writing = OwnedDescriptor(ends[1])
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  }
}

/// A refusal of the operating system to do something with a process or a pipe.
struct ProcessError: Error, CustomStringConvertible {
  let action: String
  let code: Int32

  init(_ action: String, _ code: Int32) {
    self.action = action
    self.code = code
  }

  var description: String { "\(action): \(SystemMessage.text(of: code))" }
}

/// The operating system's words for its error codes.
enum SystemMessage {
  static func text(of code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}
