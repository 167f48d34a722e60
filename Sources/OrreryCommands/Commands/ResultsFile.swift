import Foundation
import Reporting

/// A file to which a campaign appends what it finds, line by line, as soon as it finds it.
///
/// Whatever ends the process, `kill -9` included, every finding before that is in the file.
final class ResultsFile {
  private let handle: FileHandle

  /// Opens the file, and begins behind what is in it with a first record.
  init(_ path: String, begin first: some Encodable) throws(CommandFailure) {
    if !FileManager.default.fileExists(atPath: path) {
      _ = FileManager.default.createFile(atPath: path, contents: nil)
    }
    guard let handle = FileHandle(forWritingAtPath: path) else {
      throw CommandFailure("\(Program.name): cannot write \(path)\n", .outputFailure)
    }
    self.handle = handle
    handle.seekToEndOfFile()
    append(first)
  }

  /// Appends a record as a line of JSON, and sees it to the operating system.
  func append(_ record: some Encodable) {
    handle.write(Data((StableJSON.line(record) + "\n").utf8))
  }
}
