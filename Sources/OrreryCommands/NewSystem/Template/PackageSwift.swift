// Written by scripts/embed-example.

extension SystemTemplate {
  /// `Package.swift` of the example.
  static let packageSwift = File(
    path: "Package.swift",
    text: #"""
      // swift-tools-version: 6.2

      import PackageDescription

      /// A program that puts a protocol of its own under test, with every verb of orrery.
      let package = Package(
        name: "own-system",
        dependencies: [.package(name: "orrery", path: "../..")],
        targets: [
          .executableTarget(
            name: "own-system", dependencies: [.product(name: "OrreryLab", package: "orrery")])
        ]
      )

      """#)
}
