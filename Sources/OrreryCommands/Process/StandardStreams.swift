import Glibc

/// The result of writing a whole text to a descriptor.
enum WriteOutcome: Equatable {
  case complete
  /// Nobody reads any more.
  case closed
  /// The operating system's error code.
  case failed(Int32)
}

/// Writes to descriptors without buffering, however many pieces the system makes of it.
enum RawOutput {
  static func write(_ text: String, to descriptor: Int32) -> WriteOutcome {
    var remaining = Array(text.utf8)[...]
    while !remaining.isEmpty {
      let count = remaining.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        remaining = remaining.dropFirst(count)
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&request, 1, 1_000)
      case EPIPE: return .closed
      default: return .failed(errno)
      }
    }
    return .complete
  }
}

/// Where results go.
enum StandardOutput {
  /// Makes a reader that goes away an answer to `write` instead of a signal; call once at start.
  static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }

  /// Writes text, or ends the process if that is impossible.
  ///
  /// If the reader has gone, as in `orrery list | head -1`, the process ends as quietly as any
  /// other filter; every other failure is reported and ends with `ExitCode.outputFailure`.
  static func write(_ text: String) {
    switch RawOutput.write(text, to: 1) {
    case .complete: return
    case .closed:
      signal(SIGPIPE, SIG_DFL)
      raise(SIGPIPE)
    case .failed(let code):
      StandardError.write(
        "\(Program.name): cannot write results: \(SystemMessage.text(of: code))\n")
    }
    exit(ExitCode.outputFailure.rawValue)
  }
}

/// Where progress, hints and errors go.
enum StandardError {
  /// Writes text if anybody can read it; there is no place left to report a failure.
  static func write(_ text: String) {
    _ = RawOutput.write(text, to: 2)
  }
}
