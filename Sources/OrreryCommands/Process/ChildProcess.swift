import Glibc

/// Another process with a pipe to its stdin and pipes from its stdout and, if wanted, stderr.
///
/// The child leads its own process group, so that Ctrl-C reaches only the parent, which then
/// decides. A child must therefore end when its stdin does. Letting go of a running child kills it.
final class ChildProcess {
  /// Where the child's diagnostics go.
  enum StandardError {
    case inherited
    case captured
  }

  let identifier: pid_t
  private var input: OwnedDescriptor?
  private var output: LineReader
  private var errors: LineReader?
  private var exit: ChildExit?

  private init(
    _ identifier: pid_t, input: consuming OwnedDescriptor, output: consuming LineReader,
    errors: consuming LineReader?
  ) {
    self.identifier = identifier
    self.input = consume input
    self.output = consume output
    self.errors = consume errors
  }

  deinit {
    guard exit == nil else { return }
    kill(identifier, SIGKILL)
    _ = wait()
  }

  /// Starts this very executable again with other arguments, even if its file was replaced.
  static func spawnSelf(
    _ arguments: [String], standardError: StandardError = .inherited
  ) throws(ProcessError) -> ChildProcess {
    try spawn("/proc/self/exe", arguments, named: Program.name, standardError: standardError)
  }

  /// Starts a program by its path.
  static func spawn(
    _ path: String, _ arguments: [String], named name: String? = nil,
    standardError: StandardError = .inherited
  ) throws(ProcessError) -> ChildProcess {
    let input = try Pipe()
    let output = try Pipe()
    let errors = standardError == .captured ? try Pipe() : nil
    var plan = SpawnPlan()
    plan.connect(input.reading.number, to: 0)
    plan.connect(output.writing.number, to: 1)
    switch errors {
    case .some(let errors): plan.connect(errors.writing.number, to: 2)
    case .none: break
    }
    let identifier = try plan.start(path, [name ?? path] + arguments)
    var errorReader: LineReader?
    if let errors { errorReader = LineReader(errors.reading) }
    // Our copies of the child's ends close here, so that its end is the end of the pipes.
    return ChildProcess(
      identifier, input: input.writing, output: LineReader(output.reading), errors: errorReader)
  }

  /// Sends a line to the child's stdin; false if the child no longer reads.
  ///
  /// Waits while the pipe is full, so a child must go on reading while it writes.
  func send(_ line: String) -> Bool {
    switch input {
    case .some(let descriptor): RawOutput.write(line + "\n", to: descriptor.number) == .complete
    case .none: false
    }
  }

  /// Tells the child that no more input will come.
  func closeInput() { input = nil }

  /// The descriptors to poll for reading, stdout before stderr; none once both have ended.
  var openDescriptors: [Int32] {
    [output.openDescriptor, errors?.openDescriptor ?? nil].compactMap { $0 }
  }

  /// The lines that have arrived from stdout since last time.
  func readOutput() -> [String] { output.readAvailable() }

  /// The lines that have arrived from a captured stderr since last time.
  func readErrors() -> [String] { errors?.readAvailable() ?? [] }

  /// Sends a signal to the child and to whatever it has started in its process group.
  func signal(_ number: Int32) {
    if exit == nil { kill(-identifier, number) }
  }

  /// How the child ended, or nil while it runs; does not wait.
  func exitIfEnded() -> ChildExit? { reap(WNOHANG) }

  /// Waits for the end of the child; read its output first, or a full pipe may block it for ever.
  func wait() -> ChildExit { reap(0) ?? .signal(SIGKILL) }

  private func reap(_ options: Int32) -> ChildExit? {
    if let exit { return exit }
    var status: Int32 = 0
    var result = waitpid(identifier, &status, options)
    while result < 0 && errno == EINTR { result = waitpid(identifier, &status, options) }
    if result == identifier { exit = ChildExit(waitStatus: status) }
    return exit
  }
}
