import SkillCatalog

/// Whether a tool only reads or changes something, as far as it is known.
///
/// What its author declares comes first; of a tool whose author says nothing, the name and then the first word of the
/// description may tell. This weighs tools against each other and permits nothing: what a call may do is decided when it runs.
enum ToolEffect: Sendable, Hashable {
    case reads, changes, unknown

    init(_ tool: Tool) {
        if let declared = tool.annotations.readOnlyHint {
            self = declared ? .reads : .changes
        } else if tool.annotations.destructiveHint == true {
            self = .changes
        } else {
            self = Self.named(IdentifierWords.split(tool.name)) ?? Self.described(tool.description) ?? .unknown
        }
    }

    /// `read_query` and `drop_table`: the first word that is a verb decides, but `get_or_create` creates.
    private static func named(_ words: [String]) -> ToolEffect? {
        let stems = words.map(WordStem.of)
        let change = stems.firstIndex { changing.contains($0) }
        guard let look = stems.firstIndex(where: EnglishWords.lookingVerbs.contains) else {
            return change != nil || stems.contains(where: changingAsNoun.contains) ? .changes : nil
        }
        guard let change else { return .reads }
        return change < look || ["or", "and"].contains(stems[change - 1]) ? .changes : .reads
    }

    /// "Lists the …", "Deletes a …".
    private static func described(_ description: String) -> ToolEffect? {
        guard let verb = IdentifierWords.split(String(description.prefix(80))).first.map(WordStem.of) else {
            return nil
        }
        if changing.contains(verb) { return .changes }
        return EnglishWords.lookingVerbs.contains(verb) ? .reads : nil
    }

    /// Words that are verbs wherever they stand in a name. `add` is not among them: it may as well add numbers.
    private static let changing = EnglishWords.stems(
        """
        create update insert write edit rename append modify replace delete remove drop overwrite destroy purge wipe reset revoke
        uninstall terminate restart reboot unstage set put save upload send
        """
    )

    /// Words that may name a thing too: `commit` changes something, `commit_history` and `get_release` do not.
    private static let changingAsNoun = EnglishWords.stems(
        "commit release merge archive stage patch push checkout cancel publish deploy install migrate submit upgrade transfer pay"
    )
}
