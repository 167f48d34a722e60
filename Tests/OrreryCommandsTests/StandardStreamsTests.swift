import Glibc
import Testing

@testable import OrreryCommands

/// Ends of the process, each observed in a process of its own.
struct StandardStreamsTests {
  @Test func `writing where nobody reads or nothing fits is told apart`() throws {
    StandardOutput.ignoreBrokenPipes()
    let pipe = try Pipe()
    let writing = pipe.writing.number
    #expect(RawOutput.write("x", to: writing) == .complete)
    let full = OwnedDescriptor(open("/dev/full", O_WRONLY))
    #expect(RawOutput.write("x", to: full.number) == .failed(ENOSPC))
    #expect(RawOutput.write("", to: full.number) == .complete)
    #expect(RawOutput.write("x", to: -1) == .failed(EBADF))
  }

  @Test func `results that cannot be written end the process with 74`() async {
    let result = await #expect(
      processExitsWith: .exitCode(74), observing: [\.standardErrorContent]
    ) {
      dup2(open("/dev/full", O_WRONLY), 1)
      StandardOutput.write("result\n")
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("orrery: cannot write results: No space left on device\n"))
  }

  @Test func `a reader that has gone away ends the process quietly`() async {
    await #expect(processExitsWith: .signal(SIGPIPE)) {
      StandardOutput.ignoreBrokenPipes()
      var ends: [Int32] = [0, 0]
      pipe(&ends)
      dup2(ends[1], 1)
      close(ends[0])
      StandardOutput.write("result\n")
    }
  }

  @Test func `the first interrupt asks and the second ends with 130`() async {
    let result = await #expect(
      processExitsWith: .exitCode(130), observing: [\.standardErrorContent]
    ) {
      Interrupt.install()
      if Interrupt.isRequested { exit(1) }
      raise(SIGINT)
      if !Interrupt.isRequested || Interrupt.exitCode != .interrupted { exit(2) }
      raise(SIGINT)
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("stopping; press again to quit now\n"))
  }

  @Test func `a request to terminate is remembered as such`() async {
    await #expect(processExitsWith: .exitCode(143)) {
      Interrupt.install()
      raise(SIGTERM)
      raise(SIGTERM)
      exit(1)
    }
    await #expect(processExitsWith: .exitCode(143)) {
      Interrupt.install()
      raise(SIGTERM)
      exit(Interrupt.exitCode?.rawValue ?? 1)
    }
  }
}
