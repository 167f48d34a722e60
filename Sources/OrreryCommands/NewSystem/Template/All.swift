// Written by scripts/embed-example.

extension SystemTemplate {
  /// Every file of the example.
  static let files = [
    packageSwift,
    answersBeforeSyncJson5,
    swarmJson5,
    mainSwift,
    registerSwift,
    registerMessageSwift,
    registerRulesSwift,
    systemSwift,
  ]
}
