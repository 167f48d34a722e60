import Determinism
public import ProtocolKit

/// How a client reads, writes and watches entries.
extension LockClient {
  /// The number of its session, if it believes to have one.
  public var sessionNumber: UInt64? { session?.id.number }

  /// Until when its session lives at least.
  public var sessionLease: Lease? { session?.lease }

  /// Begins to read entries, and to watch from there on if it is told to; needs no session.
  public mutating func read(
    _ range: ClosedRange<EntryName>, watches: Bool, _ effects: inout Effects<Message>
  ) {
    intent = .read(range, watches: watches)
    pursue(&effects)
  }

  /// Begins to write an entry, after opening a session if there is none.
  public mutating func write(_ write: EntryWrite, _ effects: inout Effects<Message>) {
    intent = .write(write)
    pursue(&effects)
  }

  mutating func takeEntries(
    _ entries: [EntryState], _ revision: Revision, _ effects: inout Effects<Message>
  ) -> LockNews? {
    guard case .read(_, let watches) = intent else { return nil }
    intent = .nothing
    if watches {
      watchesEntries = true
      seen = configuration.defects.contains(.readThenWatch) ? nil : revision
      startWatch(isResumed: false, &effects)
    }
    return .entries(entries)
  }

  mutating func takeWrite(_ news: LockNews) -> LockNews? {
    guard case .write = intent else { return nil }
    intent = .nothing
    return news
  }

  func changes(in events: [LockService.Event]) -> LockNews? {
    let changes = events.compactMap { event -> EntryState? in
      if case .written(let entry) = event { entry } else { nil }
    }
    return changes.isEmpty ? nil : .changed(changes)
  }
}
