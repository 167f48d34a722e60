/// Reads operations as lines of JSON, in either of the two shapes in which Porcupine has them.
///
/// * Events in order: `{"kind": "call", "id": 0, "client": 0, "op": "add", "value": 1}` and later
///   `{"kind": "return", "id": 0, "client": 0, "value": null}`.
/// * Intervals: `{"client": 0, "op": "put", "value": 1, "call": 0, "output": null, "ret": 10}`.
///   They are closed: operations that touch at one instant are concurrent.
///
/// Arguments and results may also be called `values`. A `return` without a result returns `nil`.
struct PorcupineEventsReader {
  private var reader: JSONReader

  private init(_ bytes: [UInt8]) {
    reader = JSONReader(bytes)
  }

  static func read(_ bytes: [UInt8]) throws(HistoryError) -> History {
    var file = PorcupineEventsReader(bytes)
    var lines: [EDNValue] = []
    while let line = try file.reader.next() {
      lines.append(line)
    }
    return lines.first?["kind"] == nil ? try file.intervals(lines) : try file.events(lines)
  }

  // MARK: Events in order

  private func events(_ lines: [EDNValue]) throws(HistoryError) -> History {
    var history = History()
    /// The operation of each identifier, and whether it is still open; looked up, never iterated.
    var calls: [Int64: (operation: OperationID, isOpen: Bool)] = [:]
    for line in lines {
      let id = try reader.source.integer("id", of: line)
      let kind = try reader.source.text("kind", of: line)
      switch kind {
      case "call":
        guard calls[id] == nil else {
          throw reader.source.error(
            at: line.offset, message: "operation \(id) is called twice",
            fix: "give each call its own id")
        }
        calls[id] = (history.invoke(try invocation(line)), true)
      case "return":
        guard let call = calls[id], call.isOpen else {
          throw reader.source.error(
            at: line.offset, message: "operation \(id) returns without being open",
            fix: "add its call, or remove this line")
        }
        calls[id] = (call.operation, false)
        history.complete(call.operation, .ok(try argument(line)))
      default:
        throw reader.source.error(
          at: line["kind"]?.offset ?? line.offset, message: "unknown kind \"\(kind)\"",
          fix: "use \"call\" or \"return\"")
      }
    }
    return history
  }

  // MARK: Intervals

  private struct Edge {
    var time: Int64
    var isReturn: Bool
    var line: Int
  }

  private func intervals(_ lines: [EDNValue]) throws(HistoryError) -> History {
    var edges: [Edge] = []
    for (number, line) in lines.enumerated() {
      let call = try reader.source.integer("call", of: line)
      let end = try reader.source.integer("ret", of: line)
      guard call <= end else {
        throw reader.source.error(
          at: line.offset, message: "this operation returns before it is called",
          fix: "swap \"call\" and \"ret\"")
      }
      edges.append(Edge(time: call, isReturn: false, line: number))
      edges.append(Edge(time: end, isReturn: true, line: number))
    }
    edges.sort {
      ($0.time, $0.isReturn ? 1 : 0, $0.line) < ($1.time, $1.isReturn ? 1 : 0, $1.line)
    }
    var history = History()
    var operations = [OperationID?](repeating: nil, count: lines.count)
    for edge in edges {
      let line = lines[edge.line]
      if let operation = operations[edge.line] {
        let output = try line["output"]?.value(in: reader.source) ?? .none
        history.complete(operation, .ok(output))
      } else {
        operations[edge.line] = history.invoke(try invocation(line))
      }
    }
    return history
  }

  // MARK: Fields

  private func invocation(_ line: EDNValue) throws(HistoryError) -> Invocation {
    Invocation(
      process: ProcessID(try reader.source.integer("client", of: line)),
      function: try reader.source.text("op", of: line),
      key: try line["key"]?.value(in: reader.source) ?? .none, input: try argument(line))
  }

  private func argument(_ line: EDNValue) throws(HistoryError) -> Value {
    try (line["values"] ?? line["value"])?.value(in: reader.source) ?? .none
  }
}
