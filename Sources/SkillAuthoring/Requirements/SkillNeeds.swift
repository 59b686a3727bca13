package import SkillCatalog

/// What a skill says it needs from the machine it runs on.
///
/// Said in the front matter, as lists of words:
///
///     metadata:
///       requires-commands: git ffmpeg
///       requires-environment: EXAMPLE_TOKEN
///
/// and in `requirements.txt`. `compatibility` stays a text for people.
package struct SkillNeeds: Sendable, Hashable {
    /// Programs to be found in `PATH`.
    package var commands: [String]
    /// Names of environment variables.
    package var variables: [String]
    package var packages: [String]

    package init(of skill: Skill) throws(AuthoringError) {
        commands = Self.words(skill.metadata["requires-commands"])
        variables = Self.words(skill.metadata["requires-environment"])
        packages =
            try skill.origin.folder.map { folder throws(AuthoringError) in
                try RequirementsFile(in: folder)?.lines ?? []
            } ?? []
    }

    private static func words(_ text: String?) -> [String] {
        var words: [String] = []
        for word in (text ?? "").split(whereSeparator: { $0.isWhitespace || $0 == "," }).map(String.init) {
            if !words.contains(word) { words.append(word) }
        }
        return words
    }
}
