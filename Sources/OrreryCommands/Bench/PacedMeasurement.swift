import Foundation

/// How long work takes beside the bare loop of the same moments.
///
/// A slow machine, or a busy one, slows both: bars are ratios, never seconds. What counts is
/// processor time, so that waiting for a core costs nothing.
struct PacedMeasurement {
  private static let samples = 5

  /// The processor time of the best sample, in seconds: noise only ever slows down.
  let seconds: Double
  /// How many events of the bare loop a second had meanwhile, at best.
  let pace: Double

  /// Runs a task several times, each time behind a sample of the bare loop.
  init(_ task: () throws -> Void) rethrows {
    var seconds = Double.infinity
    var pace = 0.0
    for _ in 0..<Self.samples {
      var events: UInt64 = 0
      let reference = Self.time { events = EventLoopBenchmarks.reference() }
      pace = max(pace, Double(events) / reference)
      seconds = min(seconds, try Self.time(task))
    }
    self.seconds = seconds
    self.pace = pace
  }

  /// The work, in millions of events of the bare loop.
  var millionsOfReferenceEvents: Double { seconds * pace / 1_000_000 }

  private static func time(_ task: () throws -> Void) rethrows -> Double {
    let began = clock()
    try task()
    return Double(clock() - began) / Double(CLOCKS_PER_SEC)
  }
}
