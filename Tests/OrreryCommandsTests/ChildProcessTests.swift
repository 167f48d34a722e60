import Glibc
import Testing

@testable import OrreryCommands

struct ChildProcessTests {
  private func shell(
    _ script: String, standardError: ChildProcess.StandardError = .inherited
  ) throws -> ChildProcess {
    try ChildProcess.spawn("/bin/sh", ["-c", script], standardError: standardError)
  }

  /// Everything that happens until the pool is empty, or until patience ends.
  private func events(of pool: inout ChildPool) -> [ChildPool.Event] {
    var events: [ChildPool.Event] = []
    let deadline = ContinuousClock.now + .seconds(10)
    while pool.count > 0 && ContinuousClock.now < deadline { events += pool.wait(milliseconds: 50) }
    return events
  }

  @Test func `a child answers line by line and ends with its input`() throws {
    var pool = ChildPool()
    let child = try ChildProcess.spawn("/bin/cat", [])
    #expect(pool.add(child) == 0)
    #expect(child.send("one"))
    #expect(pool.wait(milliseconds: 2_000) == [.line(child: 0, "one")])
    #expect(child.send("two\nthree"))
    child.closeInput()
    #expect(!child.send("four"))
    #expect(
      events(of: &pool) == [
        .line(child: 0, "two"), .line(child: 0, "three"), .ended(child: 0, .code(0)),
      ])
    #expect(pool.process(0) == nil)
  }

  @Test func `an exit code and a signal are told apart`() throws {
    var pool = ChildPool()
    _ = pool.add(try shell("exit 3"))
    _ = pool.add(try shell("kill -9 $$"))
    _ = pool.add(try shell("kill -ILL $$"))
    let ends = events(of: &pool)
    #expect(ends.count == 3)
    #expect(ends.contains(.ended(child: 0, .code(3))))
    #expect(ends.contains(.ended(child: 1, .signal(SIGKILL))))
    #expect(ends.contains(.ended(child: 2, .signal(SIGILL))))
  }

  @Test func `what was said before a death is not lost`() throws {
    var pool = ChildPool()
    _ = pool.add(
      try shell("echo out; echo err >&2; printf tail; kill -9 $$", standardError: .captured))
    let events = events(of: &pool)
    #expect(events.last == .ended(child: 0, .signal(SIGKILL)))
    #expect(events.contains(.errorLine(child: 0, "err")))
    #expect(
      events.filter { if case .line = $0 { true } else { false } }
        == [.line(child: 0, "out"), .line(child: 0, "tail")])
  }

  @Test func `a child that closes its output is still awaited`() throws {
    var pool = ChildPool()
    _ = pool.add(try shell("exec >&-; sleep 0.05; exit 7"))
    #expect(events(of: &pool) == [.ended(child: 0, .code(7))])
  }

  @Test func `waiting ends when the time is over`() throws {
    var pool = ChildPool()
    _ = pool.add(try shell("read line"))
    #expect(pool.wait(milliseconds: 1) == [])
    #expect(pool.count == 1)
    pool.signal(SIGTERM)
    #expect(events(of: &pool) == [.ended(child: 0, .signal(SIGTERM))])
  }

  @Test func `much output arrives whole`() throws {
    var pool = ChildPool()
    _ = pool.add(try shell("i=0; while [ $i -lt 20000 ]; do echo line-$i; i=$((i+1)); done"))
    let events = events(of: &pool)
    #expect(events.count == 20_001)
    #expect(events.dropLast().last == .line(child: 0, "line-19999"))
  }

  @Test func `a child inherits neither the pipes of another nor an ignored SIGPIPE`() throws {
    StandardOutput.ignoreBrokenPipes()
    let first = try ChildProcess.spawn("/bin/cat", [])
    let second = try ChildProcess.spawn("/bin/cat", [])
    first.closeInput()
    #expect(first.wait() == .code(0))
    second.signal(SIGPIPE)
    #expect(second.wait() == .signal(SIGPIPE))
    #expect(!second.send("anybody there?"))
  }

  @Test func `a program that does not exist is an error with its name`() {
    let error = #expect(throws: ProcessError.self) { try ChildProcess.spawn("/nowhere/x", []) }
    #expect(error?.description == "cannot start /nowhere/x: No such file or directory")
  }

  @Test func `this executable can start itself`() throws {
    let child = try ChildProcess.spawnSelf(["--help"], standardError: .captured)
    let executables = ["self", String(child.identifier)].map { process in
      realpath("/proc/\(process)/exe", nil).map { String(cString: $0) }
    }
    #expect(executables[0] != nil && executables[0] == executables[1])
    child.signal(SIGKILL)
    _ = child.wait()
  }

  @Test func `a line longer than the bound arrives in pieces`() throws {
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    var reader = LineReader(OwnedDescriptor(ends[0]))
    let writer = OwnedDescriptor(ends[1])
    var pieces: [String] = []
    for _ in 0..<40 {
      #expect(
        RawOutput.write(String(repeating: "x", count: 32_768), to: writer.number) == .complete)
      pieces += reader.readAvailable()
    }
    #expect(pieces.map(\.utf8.count) == [LineReader.maximumLineLength])
  }
}
