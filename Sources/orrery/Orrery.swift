import Catalog
import OrreryCommands

/// The program `orrery`: every verb over every system of the catalog.
@main struct Orrery {
  static func main() async {
    await OrreryMain.run(
      systems: OrreryCatalog.systems, benchmarks: OrreryCatalog.benchmarks)
  }
}
