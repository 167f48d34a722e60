import Glibc
import ProtocolKit
import TestKit

// Appends records to the journal in a file until it is killed, and prints every position that it
// promises to keep. The format and the recovery are those of simulated disks.

/// Tells whoever started this process, in one system call.
func tell(_ text: String, on descriptor: Int32 = STDOUT_FILENO) {
  let bytes = Array("\(text)\n".utf8)
  if Glibc.write(descriptor, bytes, bytes.count) != bytes.count { exit(2) }
}

/// Ends the process with a complaint.
func give(up complaint: String) -> Never {
  tell("JournalWriter: \(complaint)", on: STDERR_FILENO)
  exit(1)
}

/// Writes bytes in small pieces, so that a kill can come between any two of them.
func write(_ bytes: [UInt8], at offset: Int, to file: Int32) {
  for begin in stride(from: 0, to: bytes.count, by: 7) {
    let piece = Array(bytes[begin..<min(begin + 7, bytes.count)])
    let written = pwrite(file, piece, piece.count, off_t(offset + begin))
    if written != piece.count { give(up: "cannot write") }
  }
}

/// Reads the whole file.
func read(_ file: Int32) -> [UInt8] {
  let size = Int(lseek(file, 0, SEEK_END))
  var bytes = [UInt8](repeating: 0, count: size)
  if pread(file, &bytes, size, 0) != size { give(up: "cannot read") }
  return bytes
}

guard CommandLine.arguments.count == 2 else { give(up: "usage: JournalWriter FILE") }
let file = open(CommandLine.arguments[1], O_RDWR | O_CREAT, 0o600)
if file < 0 { give(up: "cannot open \(CommandLine.arguments[1])") }

let scan: JournalScanner
do {
  scan = try JournalScanner(read(file), blockSize: JournalFile.blockSize)
} catch {
  give(up: "refuses record \(error.position.count): \(error.reason)")
}
var place = scan.end
if place.offset <= lseek(file, 0, SEEK_END), ftruncate(file, off_t(place.offset)) != 0 {
  give(up: "cannot cut the torn tail off")
}

while true {
  for _ in 0...place.position.count % 20 {
    let (bytes, end) = place.frame(JournalFile.record(at: place.position.count + 1))
    write(bytes, at: place.offset, to: file)
    place = end
  }
  if fsync(file) != 0 { give(up: "cannot sync") }
  let mark = JournalMark(begin: scan.mark.begin, durable: place.position)
  for offset in JournalFormat.marksBegin(blockSize: JournalFile.blockSize) {
    write(mark.bytes, at: offset, to: file)
  }
  if fsync(file) != 0 { give(up: "cannot sync") }
  tell("\(place.position.count)")
}
