import SkillCatalog

/// Where the data of a tool come from and where they go, by its annotations and by the words it is described with.
struct DataReach: Sendable {
    enum Source: Sendable, Hashable {
        /// Files and databases: private unless an earlier step of the plan has made them.
        case local
        /// Mail, calendars, contacts, secrets: private wherever they are kept.
        case personal
    }

    /// What private data it reads, and the word that says so; nil for a tool that reads none.
    let source: (kind: Source, word: String)?
    /// The word that says others can see what it is given; nil where they cannot.
    let sink: String?

    init(_ tool: Tool, of skill: Skill) {
        self.init(
            name: tool.name,
            about: skill.name,
            description: tool.description,
            annotations: tool.annotations,
            takesAddress: (tool.inputSchema.flatMap(SchemaPorts.inputs) ?? []).contains { $0.carrier == .url }
        )
    }

    init(_ skill: Skill) {
        self.init(
            name: skill.name,
            about: "",
            description: skill.description,
            annotations: ToolAnnotations(),
            takesAddress: false
        )
    }

    private init(name: String, about: String, description: String, annotations: ToolAnnotations, takesAddress: Bool) {
        let names = IdentifierWords.split(name)
        let opening = Array(IdentifierWords.split(description).prefix(12))
        // "send_email" sends; "get_sent_mail" and "list posts" read.
        let verb =
            (names + opening.prefix(1)).first { Self.readingVerbs.contains($0) || Self.sendingVerbs.contains($0) } ?? ""
        let isReader = annotations.isReadOnly || Self.readingVerbs.contains(verb)
        let isLocal = annotations.openWorldHint == false
        sink = isLocal || isReader || !Self.sendingVerbs.contains(verb) ? nil : verb
        let words = names + IdentifierWords.split(about) + opening
        let isWriter = annotations.readOnlyHint == false || !isReader
        if isWriter {
            source = nil
        } else if let word = words.first(where: Self.personalNouns.contains) {
            source = (.personal, word)
        } else if annotations.openWorldHint != true, !takesAddress, !words.contains(where: Self.publicWords.contains),
            let word = words.first(where: Self.localNouns.contains)
        {
            source = (.local, word)
        } else {
            source = nil
        }
    }

    private static let readingVerbs = EnglishWords.words(
        "read get list search find fetch load query open export show view retrieve look select dump cat scan extract"
    )
    private static let sendingVerbs = EnglishWords.words(
        "send email post publish upload share tweet message notify push submit comment broadcast forward reply"
    )
    private static let personalNouns = EnglishWords.words(
        """
        mailbox inbox mail mails email emails gmail outlook calendar calendars contact contacts secret secrets password
        passwords credential credentials keychain vault clipboard private personal medical patient payroll
        """
    )
    private static let localNouns = EnglishWords.words(
        "file files folder folders directory disk filesystem database databases db sql sqlite table tables document documents"
    )
    private static let publicWords = EnglishWords.words("url web website http https internet public online wikipedia")
}
