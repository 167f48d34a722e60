import Determinism
import ProtocolKit

/// What a storage keeps about a resource: its value, and who came last.
struct StoredResource: Sendable {
  /// The value; a counter begins at zero.
  var value: Int64 = 0
  /// The latest place in the order of grants that was let in.
  var mark = FencePoint.start
  /// Who came there and what the answer was, in case the request is repeated; memory only.
  var last: (grant: GrantID, answer: StorageReply.Body)?
}

/// A journal record: one resource as it is from now on.
struct StorageRecord: BinaryCodable, Visitable {
  let name: LockName
  let value: Int64
  let mark: FencePoint

  init(name: LockName, value: Int64, mark: FencePoint) {
    self.name = name
    self.value = value
    self.mark = mark
  }

  func visitFields(_ visitor: inout some FieldVisitor) {
    visitor.visit(name)
    visitor.visit(signed: value)
    visitor.visit(mark)
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    name = try LockName(from: &reader)
    value = try reader.readSigned()
    mark = try FencePoint(from: &reader)
  }
}
