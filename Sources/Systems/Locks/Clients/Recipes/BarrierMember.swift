import Determinism
import Histories
import ProtocolKit

/// A member of a double barrier: all enter a round together and leave it together.
///
/// Each member has an entry that says how many doors it has reached, two for each round; a door is open
/// when the entries of all have reached it. To reach a door once more changes nothing, so a member
/// that cannot know whether it did, tries again. Apache ZooKeeper, *Recipes*, double barriers.
struct BarrierMember<Holder: Coordinator>: Sendable {
  private enum Stage: Hashable, Sendable {
    case starting
    case resting
    case reaching
    case waiting
  }

  private static var entries: ClosedRange<EntryName> { EntryName(1_000)...EntryName(.max) }

  private var stage = Stage.starting
  /// The door in front of this member, from one; odd doors lead into rounds, even doors out of them.
  private var door: Int64 = 1
  /// The doors that the members' entries have reached.
  private var reached = SortedMap<EntryName, Int64>()
  /// How often it had to begin anew to reach a door.
  private var attempts: UInt64

  init(incarnation: Int) {
    attempts = UInt64(incarnation) * 1_000
  }

  mutating func take(
    _ input: RecipeInput, _ context: inout RecipeContext<Holder>,
    _ effects: inout Effects<Holder.Message>
  ) {
    switch (input, stage) {
    case (.step, .starting): context.holder.read(Self.entries, watches: true, &effects)
    case (.news(.entries(let entries)), .starting):
      learn(entries)
      resume(&context, &effects)
    case (.step, .resting): reach(&context, &effects)
    case (.news(.written), .reaching):
      stage = .waiting
      pass(&context, &effects)
    case (.news(.lost), .reaching):
      attempts += 1
      effects.mark("barrier-retried")
      writeEntry(&context, &effects)
    case (.news(.changed(let entries)), _):
      learn(entries)
      pass(&context, &effects)
    case (.news(.lost), .starting), (.news(.lost), .resting), (.news(.lost), .waiting):
      break  // The entries stay without the session.
    default: preconditionFailure("a member asks for entries alone, one thing at a time")
    }
  }

  private mutating func learn(_ entries: [EntryState]) {
    for entry in entries where Self.entries.contains(entry.name) {
      reached[entry.name] = max(reached[entry.name] ?? 0, entry.value)
    }
  }

  /// Goes on where an earlier life stopped; whether that one passed the door nobody knows.
  private mutating func resume(
    _ context: inout RecipeContext<Holder>, _ effects: inout Effects<Holder.Message>
  ) {
    let own = reached.filter { place(of: $0.key, context) == context.place }.map(\.value).max() ?? 0
    door = own > 0 && !isOpen(own, context) ? own : own + 1
    stage = .resting
    context.think(&effects)
  }

  private mutating func reach(
    _ context: inout RecipeContext<Holder>, _ effects: inout Effects<Holder.Message>
  ) {
    stage = .reaching
    let round = (door + 1) / 2
    context.invoke(
      door % 2 == 1 ? "enter" : "leave", "barrier",
      .list([.integer(Int64(context.place)), .integer(round)]), &effects)
    writeEntry(&context, &effects)
  }

  private func writeEntry(
    _ context: inout RecipeContext<Holder>, _ effects: inout Effects<Holder.Message>
  ) {
    // A new entry for each attempt, as sequential nodes are, leaves the old one behind to be counted.
    let isNew = context.workload.defects.contains(.countsRetries)
    let number = UInt64(context.place) + (isNew ? attempts * UInt64(context.workload.clients) : 0)
    let name = EntryName(Self.entries.lowerBound.number + number)
    context.holder.write(EntryWrite(name: name, value: door), &effects)
  }

  private mutating func pass(
    _ context: inout RecipeContext<Holder>, _ effects: inout Effects<Holder.Message>
  ) {
    guard stage == .waiting, isOpen(door, context) else { return }
    context.complete(.ok(.integer((door + 1) / 2)), &effects)
    effects.mark(door % 2 == 1 ? "barrier-entered" : "barrier-left")
    effects.note("\(context.id) passes door \(door)")
    door += 1
    stage = .resting
    context.think(&effects)
  }

  private func isOpen(_ door: Int64, _ context: RecipeContext<Holder>) -> Bool {
    reached.values.count { $0 >= door } >= context.workload.clients
  }

  private func place(of name: EntryName, _ context: RecipeContext<Holder>) -> Int {
    Int((name.number - Self.entries.lowerBound.number) % UInt64(context.workload.clients))
  }
}
