/// A curated list in Markdown, in the shape of awesome-mcp-servers: one skill an entry.
///
/// An entry is a list item that begins with a link: `- [owner/name](url) badges emoji - description`. The heading above
/// it is its category, the emoji become tags by the list's legend. Sections that list no skills are left out: clients,
/// tutorials, community, legend, frameworks, tips, tables of contents.
public struct MarkdownList: SkillSource {
    /// Longest line that is read, in bytes.
    public static let maximumLineBytes = 256 * 1024

    public let name: String
    public let location: String

    /// - Parameters:
    ///   - path: The file, absolute or relative to the working directory.
    ///   - name: Short name of the source; the stem of the file unless given.
    public init(path: String, name: String? = nil) {
        let file = FilePath.absolute(path)
        location = file.text
        self.name = SkillSources.name(name, or: file.stem)
    }

    public nonisolated(nonsending) func read(_ receive: (SourceRecord) async throws -> Void) async throws {
        var parser = MarkdownListParser()
        var hasEntries = false
        do {
            var lines = LineReader(try RegularFile.open(location), limit: Self.maximumLineBytes)
            while let line = try lines.next() {
                try Task.checkCancellation()
                switch text(of: line, number: lines.lineNumber) {
                case .success(let text):
                    guard let entry = parser.consume(text, number: lines.lineNumber) else { continue }
                    hasEntries = true
                    for record in records(entry, legend: parser.legend) { try await receive(record) }
                case .failure(let rejection): try await receive(.diagnostic(rejection.diagnostic))
                }
            }
            try lines.checkNotCut()
        } catch let fault as FileFault {
            throw fault.asSourceError
        }
        if let entry = parser.finish() {
            hasEntries = true
            for record in records(entry, legend: parser.legend) { try await receive(record) }
        }
        guard hasEntries else {
            throw SkillSourceError(
                .empty,
                location: location,
                "lists no skills; an entry is a list item such as `- [owner/name](https://…) - description`"
            )
        }
    }

    public func changes(_ pace: WatchPace) -> AsyncStream<SourceChange> {
        FileWatch(path: location, pace: pace).changes()
    }

    private func text(of line: LineReader.Line, number: Int) -> Result<String, Rejection> {
        guard case .text(let bytes) = line else {
            let limit = ByteCount.text(Self.maximumLineBytes)
            let message = "the line is longer than \(limit), the most that is read"
            return .failure(Rejection(.lineTooLong, message, file: location, line: number))
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return .failure(Rejection(.invalidUTF8, "the line is not valid UTF-8", file: location, line: number))
        }
        return .success(text)
    }

    private func records(_ entry: MarkdownListEntry, legend: EmojiLegend) -> [SourceRecord] {
        let text = EntryText(entry.text)
        let name = CleanedText.label(entry.title)
        let id = Self.id(title: name, url: entry.url)
        guard !id.isEmpty, id.utf8.count <= CleanedText.maximumLabelBytes,
            name.utf8.count <= CleanedText.maximumLabelBytes
        else {
            let message = "the entry has no usable name in its link"
            return [.diagnostic(Diagnostic(.error, .missingName, message, file: location, line: entry.line))]
        }
        let skill = Skill(
            id: id,
            name: name.isEmpty ? id : name,
            description: text.description,
            category: entry.section,
            tags: legend.tags(in: entry.marks + text.marks),
            url: entry.url,
            origin: SkillOrigin(source: self.name, file: location, line: entry.line)
        )
        guard skill.description.isEmpty else { return [.skill(skill)] }
        let message = "\"\(skill.name)\" has no description; it is found by its name only"
        return [
            .diagnostic(Diagnostic(.warning, .missingDescription, message, file: location, line: entry.line)),
            .skill(skill),
        ]
    }

    /// The link's text as an id, `owner/name`: lower case, hyphens for what is no letter, digit, dot, slash or
    /// underscore. Where the text has no letter or digit, the owner and repository of the address.
    static func id(title: String, url: String) -> String {
        let id = slug(title)
        if id.unicodeScalars.contains(where: isWordCharacter) { return id }
        let path = url.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 4).dropFirst(2).prefix(2)
        return slug(path.map { String(Substring($0)) }.joined(separator: "/"))
    }

    private static func slug(_ text: String) -> String {
        var slug = ""
        for scalar in text.lowercased().unicodeScalars {
            if isWordCharacter(scalar) || scalar == "." || scalar == "/"
                || scalar == "-" && slug.utf8.last != UInt8(ascii: "-")
            {
                slug.unicodeScalars.append(scalar)
            } else if slug.utf8.last != UInt8(ascii: "-") {
                slug += "-"
            }
        }
        return String(slug.drop { $0 == "-" }.reversed().drop { $0 == "-" }.reversed())
    }

    private static func isWordCharacter(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }
}
