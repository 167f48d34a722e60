public import Determinism
public import ProtocolKit

/// One of the independent stores that Redlock asks: keys that expire by the *wall clock*.
///
/// As Redis does it: `SET NX PX`, and deletion of a key that has the expected value.
public struct RedlockStore: StateMachine {
  /// What the nodes of the cluster send each other.
  public typealias Message = RedlockMessage
  /// What a store does with keys of others.
  public typealias Rules = RedlockInvariants

  /// Whether keys survive a restart.
  public enum Persistence: String, Hashable, Sendable, CaseIterable {
    /// Keys are in memory only.
    case none
    /// A key is on the disk before it is acknowledged.
    case always
  }

  /// What every store is told.
  public struct Configuration: Hashable, Sendable {
    /// Whether keys survive a restart.
    public var persistence = Persistence.none
    /// How long a store is silent after a restart: as long as any lock lives, as published.
    public var restartDelay = Nanoseconds.milliseconds(500)
    /// Known bugs that are switched on.
    public var defects: RedlockDefects = []

    /// Creates the configuration of a store that is silent after a restart.
    public init() {}
  }

  /// Nothing to wait for.
  public typealias Timer = NoTimer

  /// A key in the store.
  struct Key: Hashable, Sendable {
    let value: LockValue
    /// When it expires, on the wall clock.
    let end: LocalTime
  }

  private let id: NodeID
  private let configuration: Configuration
  private let isRestarted: Bool
  private(set) var keys = SortedMap<LockName, Key>()
  private var silentUntil: LocalTime?
  private var gate = PromiseGate<Message>()

  /// Creates a store from what survived in its journal.
  public init(
    id: NodeID, configuration: Configuration, recovery: Recovery
  ) throws(RecoveryFailure) {
    self.id = id
    self.configuration = configuration
    isRestarted = recovery.incarnation > 0
    try recovery.replay(StoreRecord.self) { record, _ in
      keys[record.lock] = record.key
      return nil
    }
  }

  /// Begins to serve, after a delay if keys may have been forgotten.
  public mutating func start(_ effects: inout Effects<Message>) {
    if effects.journalEnd > .start { effects.syncJournal() }
    guard isRestarted, configuration.persistence == .none else { return }
    guard !configuration.defects.contains(.restartWithoutDelay) else {
      return effects.note("\(id) has forgotten all keys, and serves at once")
    }
    silentUntil = effects.now + configuration.restartDelay
    effects.mark("delayed-restart")
    effects.note(
      "\(id) has forgotten all keys, and is silent for \(configuration.restartDelay.inWords)")
  }

  /// Serves a client.
  public mutating func receive(
    _ message: Message, from sender: NodeID, _ effects: inout Effects<Message>
  ) {
    guard case .store(let request) = message, !isSilent(effects) else { return }
    let isDone =
      switch request.action {
      case .set(let timeToLive): set(request, timeToLive, &effects)
      case .delete: delete(request, &effects)
      }
    if isDone { effects.note(serving(request, of: sender)) }
    gate.promise(.stored(request.id, isDone: isDone), to: sender, &effects)
  }

  /// Lets the answers go whose records are on the disk.
  public mutating func journalSynced(
    _ position: JournalPosition, _ effects: inout Effects<Message>
  ) {
    gate.open(through: position, &effects)
  }
}

extension RedlockStore {
  private func isSilent(_ effects: Effects<Message>) -> Bool {
    silentUntil.map { effects.now < $0 } ?? false
  }

  private func serving(_ request: StoreRequest, of client: NodeID) -> Sentence {
    switch request.action {
    case .set:
      "\(id) gives the key of lock/\(request.lock)\(about: request.lock.topic) to \(client)"
    case .delete:
      "\(id) deletes the key of lock/\(request.lock)\(about: request.lock.topic) for \(client)"
    }
  }

  private mutating func set(
    _ request: StoreRequest, _ timeToLive: Nanoseconds, _ effects: inout Effects<Message>
  ) -> Bool {
    if let key = keys[request.lock] {
      if key.value == request.value { return true }
      guard key.end <= effects.wallClock else { return false }
      remove(key, request, &effects)
      effects.note("at \(id) the key of lock/\(request.lock) has expired by its own clock")
    }
    keep(
      Key(value: request.value, end: effects.wallClock + timeToLive), request.lock, &effects)
    return true
  }

  private mutating func delete(
    _ request: StoreRequest, _ effects: inout Effects<Message>
  ) -> Bool {
    guard let key = keys[request.lock] else { return false }
    guard key.value == request.value || configuration.defects.contains(.deletesAny) else {
      return false
    }
    remove(key, request, &effects)
    keep(nil, request.lock, &effects)
    return true
  }

  private mutating func remove(
    _ key: Key, _ request: StoreRequest, _ effects: inout Effects<Message>
  ) {
    effects.observe(
      .removed(
        KeyRemoval(
          lock: request.lock, owner: key.value, end: key.end, by: request.value,
          at: effects.wallClock)))
  }

  private mutating func keep(
    _ key: Key?, _ lock: LockName, _ effects: inout Effects<Message>
  ) {
    keys[lock] = key
    guard configuration.persistence == .always else { return }
    effects.append(StoreRecord(lock: lock, key: key))
    effects.syncJournal()
  }
}

/// A journal record: one key as it is from now on, or that it is gone.
private struct StoreRecord: BinaryCodable, Visitable {
  let lock: LockName
  let key: RedlockStore.Key?

  init(lock: LockName, key: RedlockStore.Key?) {
    self.lock = lock
    self.key = key
  }

  func visitFields(_ visitor: inout some FieldVisitor) {
    visitor.visit(lock)
    visitor.visit(key)
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    lock = try LockName(from: &reader)
    key = try reader.readOptional(RedlockStore.Key.self)
  }
}

extension RedlockStore.Key: BinaryCodable, Visitable {
  func visitFields(_ visitor: inout some FieldVisitor) {
    visitor.visit(value)
    visitor.visit(signed: end.nanoseconds)
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    value = try LockValue(from: &reader)
    end = LocalTime(nanoseconds: try reader.readSigned())
  }
}
