/// How a child process ended.
enum ChildExit: Equatable, Sendable {
  /// It returned this code of its own accord.
  case code(Int32)
  /// The operating system stopped it; a Swift trap arrives here as signal 4 or 5.
  case signal(Int32)

  /// Decodes the status that `waitpid` reports for an ended process.
  init(waitStatus: Int32) {
    let signal = waitStatus & 0x7F
    self = signal == 0 ? .code((waitStatus >> 8) & 0xFF) : .signal(signal)
  }
}
