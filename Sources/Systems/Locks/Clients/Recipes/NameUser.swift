import Determinism
import Histories
import ProtocolKit

/// A user who claims names that only one user may have: for good, or for as long as a session lives.
///
/// A claim looks who has the name and then writes on the condition that nothing has changed since. A
/// name is free if its entry is gone, or holds nobody.
struct NameUser<Holder: Coordinator>: Sendable {
  /// A name that this user got in this life.
  private struct Ownership: Hashable, Sendable {
    let version: UInt64
    /// The session with which it goes, if it was not taken for good.
    let session: UInt64?
  }

  private enum Stage: Hashable, Sendable {
    case resting
    case looking
    case examining(isReserving: Bool)
    case claiming(isReserving: Bool)
    case releasing
  }

  private static var nobody: Int64 { 0 }

  private var stage = Stage.resting
  private var name: UInt64 = 0
  private var owned = SortedMap<UInt64, Ownership>()

  /// The names that it has: those taken for good, and others for as long as its lease lasts.
  func beliefs(_ context: RecipeContext<Holder>) -> [Belief] {
    owned.compactMap { name, ownership in
      let object = "name/\(LockName(name))"
      guard let session = ownership.session else { return Belief(object: object, lease: nil) }
      guard session == context.holder.sessionNumber, let lease = context.holder.sessionLease else {
        return nil
      }
      return Belief(object: object, lease: lease)
    }
  }

  mutating func take(
    _ input: RecipeInput, _ context: inout RecipeContext<Holder>,
    _ effects: inout Effects<Holder.Message>
  ) {
    switch (input, stage) {
    case (.step, .resting): choose(&context, &effects)
    case (.news(.entries(let entries)), .looking):
      finish(.ok(Self.words(entries.first)), &context, &effects)
    case (.news(.entries(let entries)), .examining(let isReserving)):
      claim(entries.first, isReserving, &context, &effects)
    case (.news(.written(let version)), .claiming(let isReserving)):
      own(version, isReserving, &context, &effects)
    case (.news(.mismatch), .claiming(let isReserving)):
      effects.mark("claim-lost-race")
      stage = .examining(isReserving: isReserving)
      look(&context, &effects)
    case (.news(.written), .releasing): finish(.ok(.boolean(true)), &context, &effects)
    case (.news(.mismatch), .releasing): finish(.ok(.boolean(false)), &context, &effects)
    case (.news(.lost), .resting): break
    case (.news(.lost), _): finish(.info, &context, &effects)
    default: preconditionFailure("a user asks for entries alone, one thing at a time")
    }
  }

  /// Releases one of its names, or claims or looks up any.
  private mutating func choose(
    _ context: inout RecipeContext<Holder>, _ effects: inout Effects<Holder.Message>
  ) {
    if let place = owned.keys.indices.last, effects.choose().below(3) == 0 {
      name = owned.keys[Int(effects.choose().below(UInt64(place) + 1))]
      return release(&context, &effects)
    }
    name = effects.choose().below(context.workload.names)
    let isClaiming = effects.choose().below(4) > 0 && owned[name] == nil
    if isClaiming {
      let isReserving = effects.choose().below(3) == 0
      stage = .examining(isReserving: isReserving)
      context.invoke(
        "claim", key, .list([.integer(user(context)), .boolean(isReserving)]), &effects)
    } else {
      stage = .looking
      context.invoke("lookup", key, .none, &effects)
    }
    look(&context, &effects)
  }

  private func look(
    _ context: inout RecipeContext<Holder>, _ effects: inout Effects<Holder.Message>
  ) {
    context.holder.read(entry...entry, watches: false, &effects)
  }

  private mutating func claim(
    _ found: EntryState?, _ isReserving: Bool, _ context: inout RecipeContext<Holder>,
    _ effects: inout Effects<Holder.Message>
  ) {
    if let found, found.value != Self.nobody {
      // Our own name from an earlier life: we may give it back, but cannot know until when we have it.
      if found.value == user(context) {
        owned[name] = Ownership(version: found.version, session: 0)
      }
      return finish(.ok(Self.words(found)), &context, &effects)
    }
    stage = .claiming(isReserving: isReserving)
    let isBlind = context.workload.defects.contains(.checkThenClaim)
    context.holder.write(
      EntryWrite(
        name: entry, value: user(context), expected: isBlind ? nil : found?.version ?? 0,
        isEphemeral: isReserving), &effects)
  }

  private mutating func own(
    _ version: UInt64, _ isReserving: Bool, _ context: inout RecipeContext<Holder>,
    _ effects: inout Effects<Holder.Message>
  ) {
    owned[name] = Ownership(
      version: version, session: isReserving ? context.holder.sessionNumber : nil)
    effects.mark("name-claimed")
    effects.note("\(context.id) has name/\(LockName(name)) now")
    finish(
      .ok(.list([.integer(user(context)), .integer(Int64(version))])), &context, &effects)
  }

  private mutating func release(
    _ context: inout RecipeContext<Holder>, _ effects: inout Effects<Holder.Message>
  ) {
    let version = owned[name]?.version ?? 0
    owned[name] = nil
    stage = .releasing
    context.invoke(
      "release", key, .list([.integer(user(context)), .integer(Int64(version))]), &effects)
    context.holder.write(
      EntryWrite(name: entry, value: Self.nobody, expected: version), &effects)
  }

  private mutating func finish(
    _ completion: Completion, _ context: inout RecipeContext<Holder>,
    _ effects: inout Effects<Holder.Message>
  ) {
    context.complete(completion, &effects)
    stage = .resting
    context.think(&effects)
  }

  private var key: String { "name/\(LockName(name))" }
  private var entry: EntryName { EntryName(100 + name) }
  private func user(_ context: RecipeContext<Holder>) -> Int64 { Int64(context.place) + 1 }

  private static func words(_ entry: EntryState?) -> Value {
    guard let entry, entry.value != nobody else { return .none }
    return .list([.integer(entry.value), .integer(Int64(entry.version))])
  }
}
