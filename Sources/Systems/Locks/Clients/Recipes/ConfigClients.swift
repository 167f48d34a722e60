import Determinism
import Histories
import ProtocolKit

/// Changes the configuration again and again.
struct ConfigPublisher<Holder: Coordinator>: Sendable {
  private var count: Int64
  /// The latest version that it was told to be written.
  private(set) var acknowledged: UInt64 = 0

  init(incarnation: Int) {
    count = Int64(incarnation) * 1_000_000
  }

  mutating func take(
    _ input: RecipeInput, _ desk: inout RecipeContext<Holder>,
    _ effects: inout Effects<Holder.Message>
  ) {
    switch input {
    case .step:
      count += 1
      let value = count * 100 + Int64(desk.place)
      desk.invoke("publish", "config", .integer(value), &effects)
      desk.holder.write(EntryWrite(name: configuration, value: value), &effects)
    case .news(.written(let version)):
      acknowledged = version
      desk.complete(.ok(.integer(Int64(version))), &effects)
      desk.think(&effects)
    case .news(.lost) where desk.isBusy:
      desk.complete(.info, &effects)
      desk.think(&effects)
    case .news(.lost): break
    default: preconditionFailure("a publisher writes its entry alone")
    }
  }
}

/// Reads the configuration once and then follows its changes.
struct ConfigWatcher<Holder: Coordinator>: Sendable {
  mutating func take(
    _ input: RecipeInput, _ desk: inout RecipeContext<Holder>,
    _ effects: inout Effects<Holder.Message>
  ) {
    switch input {
    case .step:
      desk.invoke("read", "config", .none, &effects)
      desk.holder.read(configuration...configuration, watches: true, &effects)
    case .news(.entries(let entries)):
      let version = entries.first?.version ?? 0
      desk.complete(.ok(.integer(Int64(version))), &effects)
      effects.observe(
        .adopted(Adoption(version: version, value: entries.first?.value ?? 0, isRead: true)))
    case .news(.changed(let entries)):
      for entry in entries where entry.name == configuration {
        effects.mark("config-changed")
        effects.note(
          "\(desk.id) takes over version \(Subject("version", entry.version)) of the configuration")
        effects.observe(
          .adopted(Adoption(version: entry.version, value: entry.value, isRead: false)))
      }
    case .news(.lost): break  // It reads and watches on with another session.
    default: preconditionFailure("a watcher reads and watches alone")
    }
  }
}

/// The entry that holds the configuration.
private let configuration = EntryName(0)
