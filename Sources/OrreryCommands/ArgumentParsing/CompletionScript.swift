/// Writes the script by which a shell completes verbs, options and fixed choices.
enum CompletionScript {
  /// A script for bash; zsh reads it after `autoload bashcompinit && bashcompinit`.
  ///
  /// Where the table knows no words, the shell offers file names.
  static func bash(_ table: CommandTable = .orrery) -> String {
    let verbs = table.visibleCommands
    let names = verbs.map(\.name)
    return """
      _\(Program.name)() {
        local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
        local verb= word words=
        for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
          case $word in
            \(names.joined(separator: "|"))) verb=$word; break ;;
          esac
        done
        case $verb in
          "") words="\((names + optionNames(GlobalOptions.specifications)).joined(separator: " "))" ;;
      \(verbs.map { branch($0.name, words(of: $0, in: table)) }.joined(separator: "\n"))
        esac
        case $verb$previous in
      \(choices(of: verbs).joined(separator: "\n"))
        esac
        COMPREPLY=($(compgen -W "$words" -- "$current"))
      }
      complete -o default -F _\(Program.name) \(Program.name)

      """
  }

  private static func words(of verb: CommandSpecification, in table: CommandTable) -> [String] {
    let fixed =
      verb.name == CommandSpecification.help.name
      ? table.visibleCommands.map(\.name) : verb.positionals.flatMap(\.kind.choices)
    return fixed + optionNames(verb.options) + optionNames(GlobalOptions.specifications)
  }

  /// The words that may follow an option whose value is one of a few.
  private static func choices(of verbs: [CommandSpecification]) -> [String] {
    let global = GlobalOptions.specifications.compactMap { option in
      option.kind.map { branch("*--\(option.name)", $0.choices) }
    }
    return global
      + verbs.flatMap { verb in
        verb.options.compactMap { option in
          option.kind.map { branch("\(verb.name)--\(option.name)", $0.choices) }
        }
      }
  }

  private static func optionNames(_ options: [OptionSpecification]) -> [String] {
    options.map { "--\($0.name)" }
  }

  private static func branch(_ pattern: String, _ words: [String]) -> String {
    "    \(pattern)) words=\"\(words.joined(separator: " "))\" ;;"
  }
}
