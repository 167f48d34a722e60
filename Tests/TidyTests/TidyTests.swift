import Simulation
import Testing

/// The repository keeps its own rules.
struct TidyTests {
  /// The modules in which nothing may differ from run to run.
  private static let core: Set<String> = [
    "Determinism", "Histories", "ProtocolKit", "Checking", "Simulation", "Workloads",
  ]

  private let graph = PackageGraph(manifest: Repository.file("Package.swift")?.text ?? "")

  private func expectNone(
    _ complaints: [String], _ file: RepositoryFile,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for complaint in complaints {
      Issue.record("\(file.path): \(complaint)", sourceLocation: sourceLocation)
    }
  }

  @Test func `the repository is found`() {
    #expect(Repository.sources.count > 100)
    #expect(Repository.tests.count > 30)
    #expect(graph.dependencies.count >= 14)
  }

  @Test func `the lower layers see what the architecture lets them see`() {
    let architecture: [String: Set<String>] = [
      "Determinism": [], "Histories": ["Determinism"],
      "ProtocolKit": ["Histories", "Determinism"],
      "Checking": ["Histories", "Determinism"],
      "CheckerAudit": ["Checking", "Histories", "Determinism"],
      "Simulation": ["ProtocolKit", "Histories", "Determinism"],
      "Workloads": ["ProtocolKit", "Histories", "Checking", "Determinism"],
      "Text": ["Determinism"],
      "Scenarios": ["Text", "Simulation", "ProtocolKit", "Determinism"],
      "Traces": ["Simulation", "Determinism"], "Terminal": [],
    ]
    for (module, dependencies) in architecture {
      #expect(graph.dependencies[module] == dependencies, "\(module) in Package.swift")
    }
  }

  @Test func `modules import what the package declares, and little of the system`() {
    for file in Repository.sources {
      let permitted = graph.dependencies[file.module, default: []]
        .union(Laws.systemImports[file.module, default: []])
      expectNone(Laws.forbiddenImports(in: file.code, permitted: permitted), file)
    }
  }

  @Test func `cores do nothing that could differ from run to run`() {
    // They look values up by hash and never visit a table in its order.
    let permitted = [
      "Sources/Checking/Linearizability/Numbering.swift": "uses hashValue",
      "Sources/Histories/Specifications/TextStoreSpecification.swift": "uses Hasher",
      "Sources/Histories/Specifications/GrowingList.swift": "uses Hasher",
      "Sources/Simulation/Faults/Fault.swift": "uses Hasher",
      "Sources/Simulation/Faults/FaultKind.swift": "uses Hasher",
    ]
    for file in Repository.sources where file.isOfFamily || Self.core.contains(file.module) {
      let complaints = Laws.bannedWords(in: file.code).filter { $0 != permitted[file.path] }
      expectNone(complaints, file)
    }
  }

  @Test func `no order of a hash table can reach behaviour`() {
    let modules = ["Simulation", "ProtocolKit", "Workloads", "Exploration"]
    for file in Repository.sources where file.isOfFamily || modules.contains(file.module) {
      expectNone(Laws.hashedCollections(in: file.code), file)
    }
  }

  @Test func `no function needs more than a screen`() {
    for file in Repository.sources + Repository.tests {
      expectNone(Laws.longFunctions(in: file.code, most: 40), file)
    }
  }

  @Test func `calls say what their arguments are`() {
    let lists = Repository.sources.flatMap(\.code.parameterLists)
    let mute = lists.count { !$0.unlabelled.isEmpty }
    // A ratchet: the share may only fall, and this number with it.
    let most = 17
    #expect(
      mute * 100 <= most * lists.count, "\(mute) of \(lists.count) functions hide an argument")
  }

  @Test func `machines and clients decide about every case`() {
    let modules: Set<String> = ["ProtocolKit", "Simulation", "Workloads"]
    // What cannot happen traps, what may happen has a case.
    for file in Repository.sources where file.isOfFamily || modules.contains(file.module) {
      expectNone(Laws.ignoredCases(in: file.code), file)
    }
  }

  @Test func `things have the names of the field`() {
    for file in Repository.sources { expectNone(Laws.privateWords(in: file.code), file) }
  }

  @Test func `nothing is left for later`() {
    for file in Repository.sources + Repository.tests {
      expectNone(Laws.leftovers(in: file.text), file)
    }
  }

  @Test func `no module shares its name with a type in it`() {
    for file in Repository.sources {
      expectNone(Laws.namesakes(of: file.module, in: file.code), file)
    }
  }
}

/// What belongs together is there together.
struct CompletenessTests {
  @Test(arguments: Repository.folders(in: "Sources/Systems"))
  func `every family tells what it is, what it promises and how it can be broken`(name: String) {
    let folder = "Sources/Systems/\(name)"
    #expect(Repository.exists("\(folder)/README.md"), "\(folder) has no page")
    for suffix in ["Defects.swift", "System.swift"] {
      let files = Repository.files(below: folder, ending: suffix)
      #expect(!files.isEmpty, "\(folder) has no file …\(suffix)")
    }
  }

  @Test func `protocols see the kit, and the protocols that they build on`() {
    let kit: Set<String> = ["ProtocolKit", "Determinism"]
    let protocols = Repository.sources.filter { $0.isOfFamily && $0.path.contains("/Protocol/") }
    #expect(protocols.count > 30)
    let graph = PackageGraph(manifest: Repository.file("Package.swift")?.text ?? "")
    for file in protocols {
      let permitted = kit.union(graph.families)
      for complaint in Laws.forbiddenImports(in: file.code, permitted: permitted) {
        Issue.record("\(file.path): \(complaint)")
      }
    }
  }

  @Test func `every scenario is named after its place`() {
    for file in Repository.files(below: "Scenarios", ending: ".json5") {
      let complaint = Laws.wrongName(in: file.text, at: file.path)
      #expect(complaint == nil, "\(file.path) \(complaint ?? "")")
    }
  }

  @Test func `every decision has a number of its own`() {
    let names = Repository.files(below: "docs/decisions", ending: ".md").map(\.name)
    let numbers = names.map { $0.prefix { $0 != "-" } }
    #expect(Set(numbers).count == names.count, "\(names)")
    #expect(numbers.allSatisfy { $0.count == 4 && $0.allSatisfy(\.isNumber) }, "\(names)")
  }

  private static let pages =
    ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].compactMap { Repository.file($0) }
    + Repository.files(below: "docs", ending: ".md")
    + Repository.files(below: "Sources", ending: ".md")

  @Test func `places that the documentation names are there`() {
    // What has changed since may have had other places.
    for page in Self.pages where page.name != "CHANGELOG.md" {
      for path in Laws.paths(in: page.text) {
        #expect(Repository.exists(path), "\(page.path) names \(path)")
      }
    }
  }

  @Test func `links in the documentation lead somewhere`() {
    for page in Self.pages {
      for target in Laws.links(in: page.text, at: page.path) {
        #expect(Repository.exists(target), "\(page.path) links to \(target)")
      }
    }
  }
}
