// swift-tools-version: 6.2

import Foundation
import PackageDescription

/// Whether somebody's package has this one by version: then SwiftPM refuses flags that it does not know
/// to be safe, and whoever builds gives them instead (decision 0014).
let isCheckout = Context.packageDirectory.contains("/checkouts/")

/// Settings shared by every target: the strictest the toolchain offers, and no exceptions.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

/// Specialises public generics across modules; without it the event loop runs many times slower.
let specialized: [SwiftSetting] =
  isCheckout
  ? [] : [.unsafeFlags(["-cross-module-optimization"], .when(configuration: .release))]

/// Modules that no loop of a run calls: optimised across modules they take a tenth more of a build.
let outer: Set<String> = [
  "Terminal", "Traces", "Text", "Scenarios", "CheckerAudit", "Reporting", "OrreryCommands",
  "Catalog",
]

/// Raft is generic over its application, which other families bring.
///
/// Cross-module optimisation leaves out functions that mention private types; with this option it
/// takes them along, and what stands on Raft in another module runs up to a quarter faster (decision
/// 0006). Only one module may use it: modules that do it together emit the same symbols twice.
let serialized: [SwiftSetting] =
  isCheckout
  ? []
  : [.unsafeFlags(["-Xllvm", "-sil-cross-module-serialize-all"], .when(configuration: .release))]

/// Calls of the standard library go straight to it, not through a table of the dynamic linker.
let standalone: [LinkerSetting] =
  isCheckout
  ? []
  : [
    .unsafeFlags(
      [
        "-static-stdlib", "-lCoreFoundation", "-l_FoundationICU", "-l_FoundationCollections",
        "-l_FoundationCShims",
      ], .when(configuration: .release))
  ]

/// The layers, lowest first.
///
/// A module may depend only on modules above it in this list.
let libraries: [(name: String, dependencies: [Target.Dependency])] = [
  ("Determinism", []),
  ("Histories", ["Determinism"]),
  ("ProtocolKit", ["Histories", "Determinism"]),
  ("Checking", ["Histories", "Determinism"]),
  ("CheckerAudit", ["Checking", "Histories", "Determinism"]),
  ("Simulation", ["ProtocolKit", "Histories", "Determinism"]),
  ("Workloads", ["ProtocolKit", "Histories", "Checking", "Determinism"]),
  ("Exploration", ["Simulation", "Checking", "Histories", "ProtocolKit", "Determinism"]),
  ("Text", ["Determinism"]),
  ("Scenarios", ["Text", "Simulation", "ProtocolKit", "Determinism"]),
  ("Traces", ["Simulation", "Determinism"]),
  ("Terminal", []),
  (
    "SystemKit",
    [
      "Workloads", "Exploration", "Scenarios", "Text", "Checking", "Simulation", "ProtocolKit",
      "Histories", "Determinism",
    ]
  ),
  ("Catalog", ["SystemKit"]),
  (
    "Reporting",
    [
      "Terminal", "Traces", "Exploration", "Checking", "Histories", "Simulation", "ProtocolKit",
      "Determinism",
    ]
  ),
  (
    "OrreryCommands",
    [
      "SystemKit", "Reporting", "Terminal", "Scenarios", "Text", "Traces", "Exploration",
      "CheckerAudit", "Checking", "Histories", "Simulation", "ProtocolKit", "Determinism",
    ]
  ),
]

/// Families of systems, each in a folder of its own below `Sources/Systems`, and the families whose
/// protocols it builds on; the catalog sees all.
let families: [(name: String, buildsOn: [Target.Dependency])] = [
  ("Consensus", []),
  ("Locks", ["Consensus"]),
  ("Plans", ["Consensus"]),
]

/// What every family may see.
let family: (folder: String, dependencies: [Target.Dependency]) = (
  "Systems",
  [
    "SystemKit", "Workloads", "Exploration", "Scenarios", "Text", "Checking", "Simulation",
    "ProtocolKit", "Histories", "Determinism",
  ]
)

/// The pages and transcripts that lie beside the code of a target, which are not for the compiler.
func pages(in folder: String) -> [String] {
  let files = FileManager.default.enumerator(atPath: "\(Context.packageDirectory)/\(folder)")
  return (files?.allObjects ?? []).compactMap { $0 as? String }
    .filter { $0.hasSuffix(".md") || $0.hasSuffix(".txt") }.sorted()
}

let testTargets: [(name: String, dependencies: [Target.Dependency])] = [
  ("DeterminismTests", ["Determinism", "TestKit"]),
  ("ProtocolKitTests", ["ProtocolKit", "Histories", "Determinism", "TestKit"]),
  ("SimulationTests", ["Simulation", "ProtocolKit", "Histories", "Determinism", "TestKit"]),
  ("TidyTests", ["Simulation"]),
  ("HistoriesTests", ["Histories", "Determinism"]),
  (
    "SystemsTests",
    [
      "Consensus", "Locks", "Plans", "Workloads", "Checking", "ProtocolKit", "Histories",
      "Determinism", "TestKit",
    ]
  ),
  ("CheckingTests", ["CheckerAudit", "Checking", "Histories", "Determinism"]),
  (
    "WorkloadsTests",
    ["Workloads", "Consensus", "ProtocolKit", "Histories", "Determinism", "TestKit"]
  ),
  ("TextTests", ["Text", "Determinism"]),
  ("ScenariosTests", ["Scenarios", "Text", "Simulation", "ProtocolKit", "Determinism"]),
  ("TracesTests", ["Traces", "Determinism"]),
  (
    "ExplorationTests",
    ["Exploration", "Simulation", "Checking", "Histories", "ProtocolKit", "Determinism", "TestKit"]
  ),
  (
    "ConformanceTests",
    [
      "Catalog", "Consensus", "SystemKit", "Workloads", "Reporting", "Exploration", "Scenarios",
      "Text",
      "Traces",
      "Simulation", "ProtocolKit", "Determinism", "TestKit", "JournalWriter",
    ]
  ),
  (
    "ReportingTests",
    [
      "Reporting", "Terminal", "Exploration", "Simulation", "Checking", "Histories",
      "ProtocolKit", "Determinism", "TestKit",
    ]
  ),
  (
    "OrreryCommandsTests",
    [
      "OrreryCommands", "orrery", "Reporting", "Terminal", "Scenarios", "Text", "Determinism",
    ]
  ),
]

let package = Package(
  name: "orrery",
  products: [
    .library(name: "Orrery", targets: libraries.map(\.name)),
    // Readers, models and checkers alone, for those who judge histories of their own systems.
    .library(name: "OrreryChecking", targets: ["Histories", "Checking"]),
    // What a package with systems of its own needs: every verb, the world, the kit for protocols.
    .library(
      name: "OrreryLab",
      targets: [
        "OrreryCommands", "SystemKit", "Workloads", "Exploration", "Scenarios", "Text",
        "Simulation",
        "Checking", "ProtocolKit", "Histories", "Determinism",
      ]),
    .executable(name: "orrery", targets: ["orrery"]),
  ],
  targets: libraries.map {
    .target(
      name: $0.name,
      dependencies: $0.dependencies
        + ($0.name == "Catalog" ? families.map { .byName(name: $0.name) } : []),
      exclude: pages(in: "Sources/\($0.name)"),
      swiftSettings: strict + (outer.contains($0.name) ? [] : specialized))
  }
    + families.map {
      .target(
        name: $0.name, dependencies: family.dependencies + $0.buildsOn,
        path: "Sources/\(family.folder)/\($0.name)",
        exclude: pages(in: "Sources/\(family.folder)/\($0.name)"),
        swiftSettings: strict + specialized + ($0.name == "Consensus" ? serialized : []))
    } + [
      .executableTarget(
        name: "orrery",
        dependencies: ["Catalog", "OrreryCommands"],
        swiftSettings: strict, linkerSettings: standalone),
      // What several test targets share: dice, statistics, machines in scripts.
      .target(
        name: "TestKit", dependencies: ["ProtocolKit", "Histories", "Determinism"],
        path: "Tests/TestKit", swiftSettings: strict),
      // What a test of journals in real files starts and kills.
      .executableTarget(
        name: "JournalWriter", dependencies: ["ProtocolKit", "TestKit"],
        path: "Tests/JournalWriter",
        swiftSettings: strict),
    ]
    + testTargets.map {
      .testTarget(
        name: $0.name, dependencies: $0.dependencies, exclude: pages(in: "Tests/\($0.name)"),
        swiftSettings: strict)
    },
  swiftLanguageModes: [.v6]
)
