// swift-tools-version: 6.2

import PackageDescription

/// A program that judges histories by a model of its own, with Orrery's checkers as a library.
let package = Package(
  name: "own-model",
  dependencies: [.package(name: "orrery", path: "../..")],
  targets: [
    .executableTarget(
      name: "own-model", dependencies: [.product(name: "OrreryChecking", package: "orrery")])
  ]
)
