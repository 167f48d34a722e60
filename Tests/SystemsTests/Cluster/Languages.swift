import Determinism
import ProtocolKit
import TestKit

@testable import Consensus
@testable import Locks
@testable import Workloads

/// What transcripts can say about each protocol.
///
/// A first command `start PROTOCOL` takes `defect=SLUG` and the sizes of the cluster; the commands
/// that all protocols share are those of `ScriptedCluster`.
enum Languages {
  /// Plays a transcript again in the language that its first command names.
  static func replay(_ transcript: Transcript) throws -> Transcript {
    switch transcript.family {
    case "raft": try raft.replay(transcript)
    case "locks": try locks.replay(transcript)
    case "redlock": try redlock.replay(transcript)
    case "storage": try storage.replay(transcript)
    default: throw ScriptFailure(reason: "no protocol is called \(transcript.family)")
    }
  }

  /// The known bugs that a first command plants.
  private static func defects<Defects: OptionSet>(
    _ words: Words, in catalogue: [(slug: String, defect: Defects)]
  ) throws -> Defects where Defects.Element == Defects {
    guard let name = words["defect"] else { return [] }
    guard let entry = catalogue.first(where: { $0.slug == name }) else {
      throw words.failure("no such defect")
    }
    return entry.defect
  }

  private static func raftConfiguration(_ words: Words) throws -> RaftConfiguration {
    var configuration = RaftConfiguration(
      members: .first(try Int(words.number("servers", default: 1))))
    configuration.maxEntriesPerAppend = try Int(
      words.number("batch", default: UInt64(configuration.maxEntriesPerAppend)))
    return configuration
  }

  private static var raft: TranscriptLanguage<Raft<KeyValueStore>> {
    TranscriptLanguage<Raft<KeyValueStore>>(
      start: { words in
        var configuration = try raftConfiguration(words)
        configuration.defects = try defects(words, in: RaftDefects.catalogue)
        return try ScriptedCluster(
          configuration, members: configuration.members.nodes,
          isNarrated: true)
      },
      request: { words, number in
        let session = SessionID(try words.number("session", default: 1))
        let body: ServiceRequest<KeyValueStore>.Body
        switch words.verb {
        case "open-session": body = .openSession
        case "write":
          let value = Int64(try words.number("value"))
          body = .command(
            session, sequence: try words.number("sequence", default: 1),
            .write(key: 1, value: value))
        case "read": body = .query(KeyValueStore.Query(key: 1))
        default: return nil
        }
        return .request(ServiceRequest(id: RequestID(number), body: body))
      },
      show: { server in
        let terms = (0..<server.log.lastIndex.number).map {
          "\(server.log[LogIndex($0 + 1)].term.number)"
        }
        return "\(server.role.isLeader ? "leads" : "follows") in term \(server.term.number), "
          + "log [\(terms.joined(separator: " "))], commit \(server.commitIndex.number), "
          + "applied \(server.appliedIndex.number)"
      })
  }

  private static var locks: TranscriptLanguage<LockServer> {
    TranscriptLanguage<LockServer>(
      start: { words in
        var configuration = LockServer.Configuration(raft: try raftConfiguration(words))
        configuration.defects = try defects(words, in: LocksDefects.catalogue)
        return try ScriptedCluster(
          configuration, members: configuration.raft.members.nodes,
          isNarrated: true)
      },
      request: { words, number in
        let token = FencingToken(try words.number("token", default: 0))
        let body: LockService.Command.Body
        switch words.verb {
        case "open": body = .open(.milliseconds(300))
        case "keep-alive": body = .keepAlive(.milliseconds(300))
        case "acquire": body = .acquire(LockName(0))
        case "release": body = .release(LockName(0), token)
        default: return nil
        }
        let command = LockService.Command(
          session: LockSessionID(try words.number("session", default: 0)),
          sequence: try words.number("sequence", default: 0), body: body)
        return .raft(
          .request(
            ServiceRequest(
              id: RequestID(number), body: .command(.none, sequence: 0, command))))
      },
      show: { server in
        let holder = server.service.locks[LockName(0)]?.holder.map { "session \($0.number)" }
        return "the lock belongs to \(holder ?? "nobody")"
      })
  }

  private static var redlock: TranscriptLanguage<RedlockStore> {
    TranscriptLanguage<RedlockStore>(
      start: { words in
        let count = try Int(words.number("stores", default: 1))
        var configuration = RedlockStore.Configuration()
        configuration.defects = try defects(words, in: RedlockDefects.catalogue)
        if words["persistence"] == "always" { configuration.persistence = .always }
        return try ScriptedCluster(
          configuration, members: (0..<count).map { NodeID($0) }, nodeCount: 8, isNarrated: true)
      },
      request: { words, number in
        let action: StoreRequest.Action
        switch words.verb {
        case "set": action = .set(timeToLive: .milliseconds(300))
        case "delete": action = .delete
        default: return nil
        }
        return .store(
          StoreRequest(
            id: RequestID(number), lock: LockName(0), value: LockValue(try words.number("value")),
            action: action))
      },
      show: { store in
        let key = store.keys[LockName(0)]
        return "has \(key.map { "the value \($0.value.number)" } ?? "no key")"
      })
  }

  private static var storage: TranscriptLanguage<Storage<LocksMessage>> {
    TranscriptLanguage<Storage<LocksMessage>>(
      start: { words in
        var configuration = Storage<LocksMessage>.Configuration()
        configuration.defects = try defects(words, in: StorageDefects.catalogue)
        if words["fencing"] == "at-least" { configuration.fencing = .atLeast }
        return try ScriptedCluster(
          configuration, members: [NodeID(0)], nodeCount: 8, isNarrated: true)
      },
      request: { words, number in
        let action: StorageRequest.Action
        switch words.verb {
        case "write": action = .write(Int64(try words.number("value")))
        case "read": action = .read
        default: return nil
        }
        let token = try words.number("token")
        return .storage(
          StorageRequest(
            id: RequestID(number), resource: LockName(0),
            grant: GrantID(holder: NodeID(3), ordinal: token),
            point: FencePoint(
              token: FencingToken(token), sequence: try words.number("sequence", default: 1)),
            action: action))
      },
      show: { storage in
        let resource = storage.resources[LockName(0)]
        return "holds \(resource.map { "\($0.value)" } ?? "nothing"), "
          + "mark \(resource.map { "\($0.mark)" } ?? "none")"
      })
  }
}
