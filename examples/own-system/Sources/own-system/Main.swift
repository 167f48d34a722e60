import OrreryCommands

/// Every verb of orrery, over the system of this package.
@main struct Main {
  static func main() async {
    await OrreryMain.run(systems: [.primaryBackup])
  }
}
