import Histories

/// Where the messages of each log are, from everything that polls and committed sends tell.
///
/// Polls count whatever became of their operation, since a consumer should only ever see what is
/// there. Gaps between offsets mean nothing (systems keep marks of their own in them); the index of
/// a message counts only offsets at which something is known to be.
struct LogOrder {
  /// What is known about one offset of one log.
  struct Slot {
    let key: Int
    let offset: Int64
    /// The messages that were said to be there, each with the transaction that said so first.
    ///
    /// More than one contradict each other; the first told leads.
    var claims: [(message: Int, teller: Int)]
  }

  /// One of the slots of a message.
  struct Place {
    /// The place in `slots`.
    let slot: Int
    /// The transaction that first said so.
    let teller: Int
  }

  /// The slots by key and offset.
  private(set) var slots: [Slot] = []
  /// For each key, the place of its first slot, and at the end the number of slots.
  private(set) var starts: [Int] = []
  /// For each message where it is, in the order of its log.
  private(set) var places: [[Place]]
  /// For each message, whether an operation that succeeded polled it.
  private(set) var isPolled: [Bool]
  /// For each message, the operation that sent it and did not fail, an acknowledged one if any.
  private(set) var writer: [Int?]
  /// For each message, an operation that tried to send it and failed.
  private(set) var failedWriter: [Int?]
  /// For each transaction, whether it certainly took effect.
  private(set) var hasCommitted: [Bool]

  init(_ history: LogHistory) {
    let count = history.messages.elements.count
    isPolled = Array(repeating: false, count: count)
    writer = Array(repeating: nil, count: count)
    failedWriter = writer
    places = Array(repeating: [], count: count)
    hasCommitted = []
    note(history)
    place(history)
  }

  /// Finds out who wrote what, and what must have happened although its outcome is unknown: all
  /// that an operation sent if another one polled some of it.
  private mutating func note(_ history: LogHistory) {
    for (number, transaction) in history.transactions.enumerated() {
      for item in transaction.sends {
        let known = writer[item.message].map { history.transactions[$0].outcome }
        if transaction.outcome == .fail {
          failedWriter[item.message] = failedWriter[item.message] ?? number
        } else if known == nil || known == .info && transaction.outcome == .ok {
          writer[item.message] = number
        }
      }
      guard transaction.outcome == .ok else { continue }
      for item in transaction.polls { isPolled[item.message] = true }
    }
    hasCommitted = history.transactions.map { transaction in
      switch transaction.outcome {
      case .ok: true
      case .fail: false
      case .info: transaction.sends.contains { isPolled[$0.message] }
      }
    }
  }

  private mutating func place(_ history: LogHistory) {
    var items: [(item: LogItem, offset: Int64, teller: Int)] = []
    for (number, transaction) in history.transactions.enumerated() {
      let sends = hasCommitted[number] ? transaction.sends : []
      for item in transaction.polls + sends {
        guard let offset = item.offset else { continue }
        items.append((item, offset, number))
      }
    }
    let sorted = items.indices.sorted {
      (items[$0].item.key, items[$0].offset, $0) < (items[$1].item.key, items[$1].offset, $1)
    }
    for (item, offset, teller) in sorted.lazy.map({ items[$0] }) {
      while starts.count <= item.key { starts.append(slots.count) }
      if let last = slots.last, last.key == item.key, last.offset == offset {
        // What was said of this slot before was said just now.
        guard places[item.message].last?.slot != slots.count - 1 else { continue }
        slots[slots.count - 1].claims.append((item.message, teller))
      } else {
        slots.append(Slot(key: item.key, offset: offset, claims: [(item.message, teller)]))
      }
      places[item.message].append(Place(slot: slots.count - 1, teller: teller))
    }
    while starts.count <= history.keys.elements.count { starts.append(slots.count) }
  }

  /// The slots of a key.
  func slots(of key: Int) -> Range<Int> { starts[key]..<starts[key + 1] }

  /// The slot of an item: at its offset if the message is there, else where it was seen last.
  func place(of item: LogItem) -> Int? {
    let places = places[item.message]
    guard let offset = item.offset else { return places.last?.slot }
    let next = places.partitioningIndex { slots[$0.slot].offset >= offset }
    guard next < places.count, slots[places[next].slot].offset == offset else {
      return places.last?.slot
    }
    return places[next].slot
  }
}
