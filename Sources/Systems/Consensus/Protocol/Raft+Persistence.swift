import Determinism
import ProtocolKit

/// How a server keeps its promises.
extension Raft {
  /// Sends a message as soon as everything written so far is on the disk.
  mutating func promise(
    _ message: Message, to recipient: NodeID, _ effects: inout Effects<Message>
  ) {
    writeHardState(&effects)
    gate.promise(message, to: recipient, &effects)
  }

  /// Writes an entry to the journal and adds it to the log.
  mutating func append(_ entry: LogEntry<Application>, _ effects: inout Effects<Message>) {
    // The term must not come behind the first entry of that term in the journal.
    writeHardState(&effects)
    let position = write(.entry(log.lastIndex.next, entry), &effects)
    log.append(entry, at: position)
  }

  /// Drops entries that conflict with the leader's; the next entry written replaces them on disk.
  mutating func truncate(from index: LogIndex) {
    log.truncate(from: index)
    durableIndex = min(durableIndex, index.previous)
  }

  /// Ends every step: term and vote are written if they changed, and what was written gets synced.
  mutating func finishStep(_ effects: inout Effects<Message>) {
    writeHardState(&effects)
    guard effects.journalEnd > syncRequested else { return }
    syncRequested = effects.journalEnd
    effects.syncJournal()
  }

  /// Writes a record in the format of this server's release.
  @discardableResult
  private func write(
    _ record: RaftRecord<Application>, _ effects: inout Effects<Message>
  ) -> JournalPosition {
    let format = RaftRelease.recordFormat(of: version)
    return effects.append(VersionedRaftRecord(version: format, record: record))
  }

  private mutating func writeHardState(_ effects: inout Effects<Message>) {
    guard isHardStateDirty else { return }
    isHardStateDirty = false
    let vote = configuration.defects.contains(.lostVotedFor) ? nil : votedFor
    write(.hardState(term, vote: vote), &effects)
  }
}
