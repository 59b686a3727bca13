/// Reads one skill folder leniently: what can be used is used, and what cannot is said.
struct SkillFolderReader {
    let folder: FilePath
    /// Short name of the source, for the skill's origin.
    let source: String
    /// The folder that links must not lead out of, resolved.
    let resolvedRoot: FilePath
    /// What was found wrong so far.
    var diagnostics: [Diagnostic] = []

    init(folder: FilePath, source: String, resolvedRoot: FilePath) {
        self.folder = folder
        self.source = source
        self.resolvedRoot = resolvedRoot
    }

    /// What the folder yields: the diagnostics first, then the skill where there is one.
    ///
    /// - Parameter file: Name of its `SKILL.md` as it is written.
    mutating func records(file: String) -> [SourceRecord] {
        var skill: SourceRecord?
        do throws(Rejection) {
            skill = .skill(try read(file: file))
        } catch {
            diagnostics.append(error.diagnostic)
        }
        return diagnostics.map(SourceRecord.diagnostic) + [skill].compactMap(\.self)
    }

    private mutating func read(file: String) throws(Rejection) -> Skill {
        let path = folder.appending(file)
        try refuseLinkOutside(path)
        let document = try SkillFile(path: path.text)
        let name = try folderName()
        var skill = Skill(
            id: name,
            name: name,
            description: "",
            document: document.body.withoutBlankLinesAround,
            origin: SkillOrigin(source: source, file: path.text, folder: folder.text)
        )
        if let header = document.header {
            try apply(header, to: &skill)
        } else {
            skill.description = try headingDescription(document)
        }
        skill.id = skill.name
        skill.tools = tools(of: skill)
        return skill
    }

    /// A root given as a link, or as `/`, has a name once it is resolved.
    private func folderName() throws(Rejection) -> String {
        let written = CleanedText.label(folder.lastComponent)
        if !written.isEmpty { return written }
        let resolved = try Rejection.onFault { () throws(FileFault) in try folder.resolved() }
        return resolved.lastComponent.isEmpty ? "root" : CleanedText.label(resolved.lastComponent)
    }

    /// The plain form: its first heading says what the skill does.
    private func headingDescription(_ document: SkillFile) throws(Rejection) -> String {
        guard let heading = MarkdownHeading.first(in: document.body) else {
            throw Rejection(
                .missingDescription,
                "it has neither front matter nor a first heading `# …` that describes the skill",
                file: document.path
            )
        }
        return CleanedText.prose(heading.title)
    }

    /// A link inside a skill could otherwise bring any file of the machine into its documents.
    func refuseLinkOutside(_ path: FilePath) throws(Rejection) {
        let target = try Rejection.onFault { () throws(FileFault) in try path.resolved() }
        guard target.isInside(resolvedRoot) else {
            throw Rejection(
                .linkOutside,
                "it is a link that leads out of \(resolvedRoot.text), to \(target.text)",
                file: path.text
            )
        }
    }

    mutating func warn(_ code: DiagnosticCode, _ message: String, file: String, line: Int? = nil) {
        diagnostics.append(Diagnostic(.warning, code, message, file: file, line: line))
    }
}

extension String {
    /// The text without blank lines before its first and after its last line; the indentation of lines stays.
    fileprivate var withoutBlankLinesAround: String {
        var first: String.Index?
        var last = startIndex
        for line in TextLines(self) where !line.isBlank {
            if first == nil { first = line.start }
            last = line.content.endIndex
        }
        return first.map { String(self[$0..<last]) } ?? ""
    }
}
