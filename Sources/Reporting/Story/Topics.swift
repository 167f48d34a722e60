import Determinism
import Exploration
import Simulation

/// What a violation is about: the terms, entries and tokens in its sentence, whoever did it.
struct Topics {
  private let subjects: [Subject]

  init(of evidence: Evidence?) {
    subjects = (evidence?.detail.subjects ?? []).filter { $0.kind != "node" }
  }

  /// Whether a note of the protocol speaks of the same.
  func occur(in note: TraceNote) -> Bool {
    guard case .told(let sentence) = note else { return false }
    return sentence.subjects.contains(where: subjects.contains)
  }
}
