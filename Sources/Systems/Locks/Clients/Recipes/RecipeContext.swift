import Determinism
import Histories
import ProtocolKit

/// What every client of a recipe works with: its side of the service and its open operation.
struct RecipeContext<Holder: Coordinator>: Sendable {
  let id: NodeID
  let workload: RecipeWorkload
  /// Where a leader acts.
  let storage: NodeID?
  /// How often this client was started before.
  let incarnation: Int
  var holder: Holder
  private var client: SequentialClient

  init(id: NodeID, configuration: Participant<Holder>.Configuration, incarnation: Int) {
    self.id = id
    self.incarnation = incarnation
    workload = configuration.workload
    storage = configuration.storage
    holder = Holder(id: id, configuration: configuration.holder, incarnation: incarnation)
    client = SequentialClient(
      place: configuration.clients.place(of: id), of: workload.clients, incarnation: incarnation)
  }

  /// Its place among the clients, from zero.
  var place: Int { client.place }

  /// Whether an operation waits for its end.
  var isBusy: Bool { client.isBusy }

  mutating func invoke(
    _ function: String, _ key: String, _ input: Value,
    _ effects: inout Effects<Holder.Message>
  ) {
    client.invoke(function, key: .text(key), input: input, &effects)
  }

  /// Ends the open operation, if there is one; after an unknown outcome the process is another.
  mutating func complete(_ completion: Completion, _ effects: inout Effects<Holder.Message>) {
    client.complete(completion, &effects)
  }

  /// Takes a random time before the next step.
  func think(_ effects: inout Effects<Holder.Message>) {
    let pause = effects.choose().between(workload.thinkShortest, workload.thinkLongest)
    effects.setTimer(Participant<Holder>.Timer.own(.step), after: pause)
  }
}

/// The timers of clients, apart from those of their side of the service.
public enum RecipeTimer: UInt64, Sendable {
  /// The next step is due.
  case step = 1
  /// The storage has not answered.
  case timeout = 2
  /// What a leader prepared is ready to be sent.
  case work = 3
}

/// What happens to a client of a recipe.
enum RecipeInput: Sendable {
  /// It has thought for long enough.
  case step
  /// It hears from the service.
  case news(LockNews)
  /// It hears from the storage.
  case reply(StorageReply)
  /// The storage has not answered.
  case timeout
  /// What a leader prepared is ready to be sent.
  case work
}

/// Something that only one client at a time may believe to have.
struct Belief: Hashable, Sendable {
  /// What it believes to have, in words.
  let object: String
  /// Until when it may believe so; nil until it gives it back.
  let lease: Lease?
}
