import Testing

@testable import Simulation

/// One fault is one file, one entry of a list, and its part of the documentation.
struct FaultLawTests {
  private static let folder = "Sources/Simulation/Faults"

  /// What the world itself is told to do by a fault, or one fault shares with another.
  private static let shared = [
    "Sources/Simulation/Faults/FaultTarget.swift",
    "Sources/Simulation/Faults/CutSampler.swift", "Sources/Simulation/Faults/ClogFault.swift",
    "Sources/Simulation/Simulator+Slowness.swift", "Sources/Simulation/Simulator.swift",
  ]

  private var files: [RepositoryFile] {
    Repository.files(below: Self.folder, ending: "Fault.swift").filter { $0.name != "Fault.swift" }
  }

  @Test func `every file of a fault is in the list of kinds, once`() {
    let listed = FaultKind.allCases.map { "\($0.type).swift" }
    #expect(files.map(\.name).sorted() == listed.sorted())
  }

  @Test func `no other file knows one kind of fault from another`() {
    let types = FaultKind.allCases.map { "\($0.type)" }
    for file in Repository.sources where !Self.shared.contains(file.path) {
      for type in types where !file.name.hasPrefix(type) {
        #expect(!file.code.tokens.contains(type), "\(file.path) knows of \(type)")
      }
    }
  }

  @Test func `keys of draws and names are each used once, and plans are drawn in their order`() {
    let kinds = FaultKind.allCases
    #expect(Set(kinds.map(\.rawValue)).count == kinds.count)
    let keys = kinds.map(\.key)
    #expect(zip(keys, keys.dropFirst()).allSatisfy { $0 < $1 })
  }
}
