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
    _ input: RecipeInput, _ context: inout RecipeContext<Holder>,
    _ effects: inout Effects<Holder.Message>
  ) {
    switch input {
    case .step:
      count += 1
      let value = count * 100 + Int64(context.place)
      context.invoke("publish", "config", .integer(value), &effects)
      context.holder.write(EntryWrite(name: configuration, value: value), &effects)
    case .news(.written(let version)):
      acknowledged = version
      context.complete(.ok(.integer(Int64(version))), &effects)
      context.think(&effects)
    case .news(.lost) where context.isBusy:
      context.complete(.info, &effects)
      context.think(&effects)
    case .news(.lost): break
    default: preconditionFailure("a publisher writes its entry alone")
    }
  }
}

/// Reads the configuration once and then follows its changes.
struct ConfigWatcher<Holder: Coordinator>: Sendable {
  mutating func take(
    _ input: RecipeInput, _ context: inout RecipeContext<Holder>,
    _ effects: inout Effects<Holder.Message>
  ) {
    switch input {
    case .step:
      context.invoke("read", "config", .none, &effects)
      context.holder.read(configuration...configuration, watches: true, &effects)
    case .news(.entries(let entries)):
      let version = entries.first?.version ?? 0
      context.complete(.ok(.integer(Int64(version))), &effects)
      effects.observe(
        .adopted(Adoption(version: version, value: entries.first?.value ?? 0, isRead: true)))
    case .news(.changed(let entries)):
      for entry in entries where entry.name == configuration {
        effects.mark("config-changed")
        effects.note(
          "\(context.id) takes over version \(Subject("version", entry.version)) of the configuration"
        )
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
