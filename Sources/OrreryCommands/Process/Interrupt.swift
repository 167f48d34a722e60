import Glibc
import Synchronization

/// Lets Ctrl-C and SIGTERM end the work in good order: the first asks, the second insists.
enum Interrupt {
  /// The first signal that arrived, or zero.
  private static let firstSignal = Atomic<Int32>(0)
  private static let ownsScreenLine = Atomic<Bool>(false)

  /// Whether somebody has asked the process to stop.
  static var isRequested: Bool { firstSignal.load(ordering: .relaxed) != 0 }

  /// The code to end with once the work has been put in order; nil if nobody asked.
  static var exitCode: ExitCode? {
    switch firstSignal.load(ordering: .relaxed) {
    case 0: nil
    case SIGTERM: .terminated
    default: .interrupted
    }
  }

  /// Starts listening; call once, before any work, on the thread that will wait.
  ///
  /// Interrupted system calls are not restarted, so that a waiting `poll` returns at once.
  static func install() {
    // Also initialises both atomics, which a handler must not be the first to do.
    ownsScreenLine.store(isatty(2) == 1 && !isRequested, ordering: .relaxed)
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] {
      sigaddset(&signals, number)
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { number in Interrupt.handle(number) }
      sigaction(number, &action, nil)
    }
    // Whoever started us may have blocked them.
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Runs inside a signal handler: only atomics, `write` and `_exit` are safe here.
  private static func handle(_ number: Int32) {
    let (isFirst, _) = firstSignal.compareExchange(
      expected: 0, desired: number, ordering: .relaxed)
    guard isFirst else { _exit(128 + number) }
    let savedError = errno
    let notice: StaticString =
      ownsScreenLine.load(ordering: .relaxed)
      ? "\nstopping; press again to quit now\n" : "stopping; press again to quit now\n"
    _ = write(2, notice.utf8Start, notice.utf8CodeUnitCount)
    errno = savedError
  }
}
