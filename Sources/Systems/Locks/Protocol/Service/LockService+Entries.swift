import Determinism
import ProtocolKit

/// Entries: values with versions, written with conditions, for good or for as long as a session lives.
extension LockService {
  /// Writes an entry if it has the expected version; an absent one has version zero.
  mutating func put(_ write: EntryWrite, by id: LockSessionID) -> Response {
    let version = entries[write.name]?.version ?? 0
    guard write.expected == nil || write.expected == version else {
      return .mismatch(version: version)
    }
    let next = max(version, retired[write.name] ?? 0) + 1
    entries[write.name] = Entry(
      value: write.value, version: next, owner: write.isEphemeral ? id : nil)
    events.append(.written(EntryState(name: write.name, value: write.value, version: next)))
    return .entry(value: write.value, version: next)
  }

  /// Removes what a session took for as long as it lives.
  mutating func removeEntries(of id: LockSessionID) {
    for name in entries.keys where entries[name]?.owner == id {
      // A version that came again would let a late write with a condition hit another's entry.
      retired[name] = entries[name]?.version
      entries[name] = nil
      events.append(.deleted(name))
    }
  }

  /// The entries of a range in order of their names, and the revision that they had in common.
  func listing(of range: ClosedRange<EntryName>) -> Response {
    let found = entries.filter { range.contains($0.key) }
    return .entries(
      found.map { EntryState(name: $0.key, value: $0.value.value, version: $0.value.version) },
      revision)
  }
}
