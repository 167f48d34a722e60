import Determinism
import ProtocolKit

/// How reads see the latest state without a log entry: ReadIndex, dissertation, section 6.4.
extension Raft {
  /// Answers a query once a majority has confirmed that we lead and its index is applied.
  ///
  /// Until the no-op of our term commits we may not know the latest commit index, so the read waits
  /// for that entry at least. Reads that arrive during a round share the next one.
  mutating func read(
    _ query: Application.Query, for client: NodeID, _ request: RequestID,
    _ effects: inout Effects<Message>
  ) {
    if configuration.defects.contains(.localLeaderRead) {
      effects.note(
        "\(id) answers at once from entries up to \(appliedIndex) of its \(log.lastIndex)")
      reply(.response(state.application.answer(query)), to: client, request, &effects)
      return
    }
    guard let leadership = role.leadership else { return }
    let isRoundUnderWay = leadership.round > leadership.confirmedRound
    pendingReads.append(
      PendingRead(
        client: client, request: request, query: query, round: leadership.round + 1,
        readIndex: max(commitIndex, leadership.firstIndex)))
    if !isRoundUnderWay { startRound(&effects) }
    confirmRound(&effects)
  }

  /// Finds the latest round in which a majority agreed that we lead.
  mutating func confirmRound(_ effects: inout Effects<Message>) {
    guard !pendingReads.isEmpty, let leadership = role.leadership else { return }
    var rounds = ContiguousArray(
      configuration.members.nodes.map {
        $0 == id ? leadership.round : leadership.followers[$0].round
      })
    let confirmed = configuration.quorums.reached(&rounds)
    role.leadership?.confirmedRound = max(leadership.confirmedRound, confirmed)
    answerReads(&effects)
    let isNextRoundWanted = pendingReads.contains { $0.round > leadership.round }
    if isNextRoundWanted, confirmed == leadership.round { startRound(&effects) }
  }

  /// Answers every read whose round is confirmed and whose index is applied.
  mutating func answerReads(_ effects: inout Effects<Message>) {
    guard !pendingReads.isEmpty, let confirmed = role.leadership?.confirmedRound else { return }
    let applied = appliedIndex
    let isReady = { (read: PendingRead) in read.round <= confirmed && read.readIndex <= applied }
    for read in pendingReads where isReady(read) {
      let response = state.application.answer(read.query)
      effects.note("\(id) answers \(read.query): \(response); a majority agrees that it leads")
      reply(.response(response), to: read.client, read.request, &effects)
    }
    pendingReads.removeAll(where: isReady)
  }
}
