import Exploration
import Reporting
import Scenarios
import Terminal

/// The stories at the end of a campaign: one for each signature, of its first example.
struct CampaignStories {
  /// With more signatures than this, stories are brief: nothing is tested and nothing drawn.
  private static let mostInFull = 3
  /// The most stories that a campaign tells.
  private static let most = 10

  private let result: CampaignResult
  private let context: CommandContext
  private let files: [ScenarioFile]

  init(_ result: CampaignResult, _ context: CommandContext, _ files: [ScenarioFile]) {
    self.result = result
    self.context = context
    self.files = files
  }

  /// A story as one record of a campaign's output.
  private struct Record: Encodable {
    let kind = "story"
    let signature: String
    let seed: String
    let story: Story
  }

  /// Tells them, unless someone is in a hurry.
  func tell() throws(CommandFailure) {
    let telling = StoryTelling(context)
    guard telling.isWanted, !context.options.wantsPlain else { return }
    let isInFull = result.groups.count <= Self.mostInFull
    for group in result.groups.prefix(Self.most) where !Interrupt.isRequested {
      // A run that died with its process left nothing to tell.
      guard group.example.property != "no-trap",
        let file = files.first(where: { $0.scenario.name == group.scenario }),
        let story = try telling.story(of: group.example.seed, in: file, isTested: isInFull)
      else { continue }
      if context.options.wantsJSON {
        context.print(
          StableJSON.line(
            Record(
              signature: group.example.signature, seed: SeedText.format(group.example.seed),
              story: story)))
      } else {
        context.print("\n\(heading(group))")
        telling.show(story, seed: group.example.seed, hasDiagram: isInFull)
      }
    }
  }

  private func heading(_ group: CampaignResult.Group) -> String {
    let run = RunReference(scenario: group.scenario, seed: group.example.seed)
    let text = "== \(group.example.signature)  \(run) "
    return TextLayout.truncated(text, to: min(context.output.width, 80))
  }
}
