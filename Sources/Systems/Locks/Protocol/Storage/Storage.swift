import Determinism
public import ProtocolKit

/// A server that keeps resources on its disk and, if it is told to, refuses holders of old tokens.
///
/// Check, change and journal record are one step, and no answer leaves before the record is synced.
/// Kleppmann's picture checks writes; here reads show their token too, because a value that was read
/// before a later holder came must not be the ground of a write.
public struct Storage<Message: StorageMessage>: StateMachine {
  /// The rules at the resource.
  public typealias Rules = StorageInvariants<Message>

  /// How tokens are compared.
  public enum Fencing: String, Hashable, Sendable, CaseIterable {
    /// Not at all.
    case none
    /// Token and sequence must be above the highest: each operation happens once, in order.
    case strict
    /// The token must not be below the highest: the holder may come again, so may a repeated request.
    case atLeast = "at-least"
  }

  /// What every storage is told.
  public struct Configuration: Hashable, Sendable {
    /// How tokens are compared.
    public var fencing = Fencing.strict
    /// Known bugs that are switched on.
    public var defects: StorageDefects = []

    /// Creates the configuration of a storage with strict fencing.
    public init() {}
  }

  /// Nothing to wait for.
  public typealias Timer = NoTimer

  let configuration: Configuration
  /// The resources as they are.
  private(set) var resources = SortedMap<LockName, StoredResource>()
  private var gate = PromiseGate<Message>()
  /// Writes that were checked and wait for the disk; only a defect has any.
  private var checked: [(request: StorageRequest, client: NodeID)] = []

  /// Creates a storage from what survived in its journal.
  public init(
    id: NodeID, configuration: Configuration, recovery: Recovery
  ) throws(RecoveryFailure) {
    self.configuration = configuration
    try recovery.replay(StorageRecord.self) { record, _ in
      resources[record.name] = StoredResource(value: record.value, mark: record.mark)
      return nil
    }
  }

  /// Brings to the disk what an earlier life wrote; nothing is answered on its strength before.
  public mutating func start(_ effects: inout Effects<Message>) {
    if effects.journalEnd > .start { effects.syncJournal() }
  }

  /// Serves a request.
  public mutating func receive(
    _ message: Message, from sender: NodeID, _ effects: inout Effects<Message>
  ) {
    guard let request = message.asStorageRequest else { return }
    serve(request, for: sender, &effects)
  }

  /// Lets the answers go whose records are on the disk.
  public mutating func journalSynced(
    _ position: JournalPosition, _ effects: inout Effects<Message>
  ) {
    for (request, client) in checked { carryOut(request, for: client, &effects) }
    checked.removeAll()
    gate.open(through: position, &effects)
  }
}

/// How a request is checked and carried out.
extension Storage {
  private mutating func serve(
    _ request: StorageRequest, for client: NodeID, _ effects: inout Effects<Message>
  ) {
    let resource = resources[request.resource, default: StoredResource()]
    if configuration.fencing == .strict, isChecked(request), request.point == resource.mark,
      let last = resource.last, last.grant == request.grant
    {
      // The same request again: it has happened, and the first answer may have been lost.
      answer(last.answer, to: request, for: client, &effects)
      return
    }
    guard isLetIn(request, by: resource.mark) else {
      effects.mark("write-fenced")
      effects.note("storage refuses token \(request.point) because \(resource.mark) came before")
      answer(.fenced(by: resource.mark), to: request, for: client, &effects)
      return
    }
    if configuration.defects.contains(.checkNotAtomic), case .write = request.action {
      checked.append((request, client))
      effects.syncJournal()
      return
    }
    carryOut(request, for: client, &effects)
  }

  private func isLetIn(_ request: StorageRequest, by mark: FencePoint) -> Bool {
    guard isChecked(request) else { return true }
    return switch configuration.fencing {
    case .none: true
    case .strict: request.point > mark
    case .atLeast: request.point.token >= mark.token
    }
  }

  private func isChecked(_ request: StorageRequest) -> Bool {
    if configuration.fencing == .none || configuration.defects.contains(.noFencing) { return false }
    return request.action != .read || !configuration.defects.contains(.ignoresReads)
  }

  private mutating func carryOut(
    _ request: StorageRequest, for client: NodeID, _ effects: inout Effects<Message>
  ) {
    var resource = resources[request.resource, default: StoredResource()]
    if request.point.token != .none, request.point < resource.mark, case .write = request.action {
      effects.note("storage accepts token \(request.point) after \(resource.mark)")
    }
    var answer = StorageReply.Body.written
    switch request.action {
    case .read: answer = .value(resource.value)
    case .write(let value): resource.value = value
    }
    if request.action != .read || !configuration.defects.contains(.ignoresReads) {
      resource.mark = max(resource.mark, request.point)
    }
    resource.last = (request.grant, answer)
    resources[request.resource] = resource
    let isKept = !configuration.defects.contains(.tokenNotPersisted)
    if isKept || request.action != .read {
      effects.append(
        StorageRecord(
          name: request.resource, value: resource.value, mark: isKept ? resource.mark : .start))
      effects.syncJournal()
    }
    effects.observe(.served(ServedRequest(request: request, until: effects.journalEnd)))
    self.answer(answer, to: request, for: client, &effects)
  }

  private mutating func answer(
    _ body: StorageReply.Body, to request: StorageRequest, for client: NodeID,
    _ effects: inout Effects<Message>
  ) {
    gate.promise(
      .storageReply(StorageReply(id: request.id, body: body)), to: client, &effects)
  }
}
