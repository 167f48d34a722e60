import Foundation
import Synchronization

/// What the program is called in hints, errors and help: commands that are printed can be typed.
enum Program {
  private static let given = Mutex("orrery")

  /// The name of the program, which is that of its file.
  static var name: String { given.withLock { $0 } }

  /// The folder in which the program lies, links followed.
  static var folder: String {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .path
  }

  /// Takes the name from the word by which the process was started; call once at start.
  static func takeName(from word: String) {
    let name = URL(fileURLWithPath: word).lastPathComponent
    guard !name.isEmpty else { return }
    given.withLock { $0 = name }
  }
}
