import SkillCatalog

/// Binds "this repository" and "the current folder" to parameters that take a folder's path.
struct WorkspaceBinding {
    /// The parameter takes the path of a folder.
    static func takesFolder(_ port: IOPort) -> Bool {
        guard port.carrier == .path || port.name == "cwd", !port.isCollection, port.choices.isEmpty,
            port.jsonType == nil || port.jsonType == "string"
        else { return false }
        return IdentifierWords.split(port.name).allSatisfy { !fileWords.contains($0) }
    }

    /// The parameter is about the folder one works in, whatever it is called in a request: `repo_path`, `cwd`.
    static func takesWorkspace(_ port: IOPort) -> Bool {
        takesFolder(port) && IdentifierWords.split(port.name).contains(where: workWords.contains)
    }

    private static let fileWords: Set<String> = [
        "file", "filename", "filenames", "filepath", "source", "destination", "output", "target", "src", "dst", "dest",
    ]
    private static let workWords: Set<String> = [
        "repo", "repository", "cwd", "workspace", "project", "workdir", "worktree",
    ]

    /// The words that mean the workspace, as they stand; nil where none do.
    ///
    /// - Parameter cues: expressions that point to earlier steps; a folder that one of them makes is another.
    static func phrase(in words: [RequestToken], cues: [[String]]) -> Range<Int>? {
        words.indices.first { index in
            guard words[index].isWord, cues.allSatisfy({ !$0.contains(words[index].stem) }) else { return false }
            return places.contains(words[index].text) && isThis(index, in: words)
        }.map { $0..<$0 + 1 }
    }

    private static let places = EnglishWords.words(
        "repository repo folder directory project codebase workspace worktree checkout cwd"
    )

    /// "this", "the current", "my"; of what there is one of at a time, "the" will do.
    private static func isThis(_ index: Int, in words: [RequestToken]) -> Bool {
        var place = index - 1
        while place >= 0, ["current", "working", "git", "present", "own"].contains(words[place].text) { place -= 1 }
        let isQualified = place < index - 1 && words[place + 1..<index].contains { $0.text != "git" }
        guard place >= 0, words[place].isWord else { return isQualified }
        // "the folder 'src'", "the repository at /srv/x": another one is named.
        if index + 1 < words.count, words[index + 1].literal != nil { return false }
        if index + 2 < words.count, words[index + 2].literal != nil, words[index + 1].isWord { return false }
        switch words[place].text {
        case "this", "my", "our": return true
        case "the": return isQualified || ["repository", "repo", "codebase", "workspace"].contains(words[index].text)
        default: return isQualified && EnglishWords.prepositions.contains(words[place].text)
        }
    }
}
