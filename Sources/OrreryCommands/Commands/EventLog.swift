import Determinism
import Exploration
import ProtocolKit
import Simulation
import Terminal

/// The events of a run as people read them: number, time, cause, what happened, what followed.
struct EventLog {
  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  func write(_ record: RunRecord) {
    var text = ""
    for event in record.recorder.events {
      text += Self.line(event) + "\n"
      for note in event.notes { text += "                            | \(note)\n" }
      if text.utf8.count > 1 << 16 {
        StandardOutput.write(text)
        text = ""
      }
    }
    StandardOutput.write(text + (text.isEmpty ? "" : "\n"))
  }

  /// One event on one line.
  static func line(_ event: TraceEvent) -> String {
    let number = TextLayout.paddedLeft(event.id.description, to: 7)
    let time = TextLayout.paddedLeft(event.instant.description, to: 13)
    let cause = TextLayout.padded("<\(event.cause)", to: 8)
    return "\(number)\(time)  \(cause) \(event.text)"
  }
}
