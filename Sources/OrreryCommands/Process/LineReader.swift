import Glibc

/// Reads whole lines from a descriptor without ever waiting.
struct LineReader: ~Copyable {
  /// A longer line is handed out in pieces of this many bytes, so that memory stays bounded.
  static let maximumLineLength = 1 << 20

  private var descriptor: OwnedDescriptor?
  private var pending: [UInt8] = []

  init(_ descriptor: consuming OwnedDescriptor) {
    let flags = fcntl(descriptor.number, F_GETFL)
    _ = fcntl(descriptor.number, F_SETFL, flags | O_NONBLOCK)
    self.descriptor = consume descriptor
  }

  /// The descriptor to poll, or nil once the other side has closed.
  var openDescriptor: Int32? {
    switch descriptor {
    case .some(let descriptor): descriptor.number
    case .none: nil
    }
  }

  /// The lines that have arrived since last time, without their line breaks.
  ///
  /// At most a megabyte is taken at once, so that one talkative writer cannot starve the others.
  /// At the end, an unfinished line is handed out as it is.
  mutating func readAvailable() -> [String] {
    var lines: [String] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    for _ in 0..<16 {
      guard let number = openDescriptor else { break }
      let count = read(number, &chunk, chunk.count)
      if count > 0 {
        split(chunk[..<count], into: &lines)
      } else if count < 0 && errno == EINTR {
        continue
      } else if count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) {
        break
      } else {
        descriptor = nil
        if !pending.isEmpty { finishLine(into: &lines) }
      }
    }
    return lines
  }

  private mutating func split(_ bytes: ArraySlice<UInt8>, into lines: inout [String]) {
    for byte in bytes {
      if byte == UInt8(ascii: "\n") {
        finishLine(into: &lines)
      } else {
        pending.append(byte)
        if pending.count == Self.maximumLineLength { finishLine(into: &lines) }
      }
    }
  }

  private mutating func finishLine(into lines: inout [String]) {
    lines.append(String(decoding: pending, as: UTF8.self))
    pending.removeAll(keepingCapacity: true)
  }
}
