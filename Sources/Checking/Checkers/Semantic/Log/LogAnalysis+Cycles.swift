import Histories

/// Whether transactions depend on one another in a circle (Adya 1999: G0 and G1c).
extension LogAnalysis {
  /// From the transaction that sends a message to those that poll it.
  private var readEdges: [(from: Int, to: Int)] {
    var edges: [(from: Int, to: Int)] = []
    for (number, transaction) in history.transactions.enumerated() where order.hasCommitted[number]
    {
      for item in transaction.polls {
        guard let writer = order.writer[item.message], order.hasCommitted[writer],
          writer != number
        else { continue }
        edges.append((writer, number))
      }
    }
    return edges
  }

  /// From the transaction that sends a message to the one that sends the next in the log.
  private var writeEdges: [(from: Int, to: Int)] {
    var edges: [(from: Int, to: Int)] = []
    var last: (key: Int, writer: Int)?
    for slot in order.slots {
      guard let writer = order.writer[slot.claims[0].message], order.hasCommitted[writer] else {
        continue
      }
      if let last, last.key == slot.key, last.writer != writer {
        edges.append((last.writer, writer))
      }
      last = (slot.key, writer)
    }
    return edges
  }

  /// Cycles of writes (G0), of reads, and of both (G1c).
  ///
  /// Where transactions may interleave their writes, cycles with write edges are normal.
  var cycles: [LogFinding] {
    let (reads, writes) = (readEdges, writeEdges)
    let count = history.transactions.count
    let readGraph = DependencyGraph(nodeCount: count, edges: reads)
    let writeGraph = DependencyGraph(nodeCount: count, edges: writes)
    let readCycles = readGraph.cyclicComponents()
    var findings = readCycles.map { finding(.circularFlow, cycle: readGraph.cycle(in: $0)) }
    findings += writeGraph.cyclicComponents().map {
      finding(.writeCycle, cycle: writeGraph.cycle(in: $0), isHarmless: !isolatesWrites)
    }
    let graph = DependencyGraph(nodeCount: count, edges: reads + writes)
    let components = graph.cyclicComponents()
    var component: [Int?] = Array(repeating: nil, count: count)
    for (number, nodes) in components.enumerated() {
      for node in nodes { component[node] = number }
    }
    var isTold = Array(repeating: false, count: components.count)
    for nodes in readCycles {
      if let number = component[nodes[0]] { isTold[number] = true }
    }
    for edge in reads {
      guard let number = component[edge.from], number == component[edge.to], !isTold[number] else {
        continue
      }
      isTold[number] = true
      let cycle = [edge.from] + graph.path(from: edge.to, to: edge.from, in: components[number])
      findings.append(finding(.circularFlow, cycle: cycle, isHarmless: !isolatesWrites))
    }
    return findings
  }

  private func finding(
    _ kind: LogFinding.Kind, cycle: [Int], isHarmless: Bool = false
  ) -> LogFinding {
    LogFinding(
      kind: kind, key: nil, operations: cycle.map { history.transactions[$0].id },
      isHarmless: isHarmless)
  }
}
