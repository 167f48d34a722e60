// Written by scripts/embed-example.

extension SystemTemplate {
  /// `Sources/own-system/Main.swift` of the example.
  static let mainSwift = File(
    path: "Sources/own-system/Main.swift",
    text: #"""
      import OrreryCommands

      /// Every verb of orrery, over the system of this package.
      @main struct Main {
        static func main() async {
          await OrreryMain.run(systems: [.primaryBackup])
        }
      }

      """#)
}
