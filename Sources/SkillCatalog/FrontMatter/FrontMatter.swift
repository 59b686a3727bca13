/// A Markdown document cut at its front matter: the YAML between two lines of three hyphens, and what follows.
struct FrontMatter: Sendable, Hashable {
    /// The text between the fences.
    var yaml: String
    /// Line of the file on which the YAML starts, from 1.
    var yamlLine: Int
    /// The text after the closing fence.
    var body: String
    /// Line of the file on which the body starts, from 1.
    var bodyLine: Int

    /// The opening fence has no closing one.
    struct Unclosed: Error, Sendable, Hashable {
        /// Line of the opening fence, from 1.
        var line: Int
    }

    /// Cuts a document; nil where its first line that is not blank is no fence.
    ///
    /// White space after a fence and carriage returns before line feeds are tolerated; the closing fence may be `...`.
    static func split(_ text: String) throws(Unclosed) -> FrontMatter? {
        var lines = TextLines(text)
        var opening = lines.next()
        while let line = opening, line.isBlank { opening = lines.next() }
        guard let opening, opening.isFence else { return nil }

        let start = opening.end
        while let line = lines.next() {
            guard line.isFence || line.isDocumentEnd else { continue }
            return FrontMatter(
                yaml: String(text[start..<line.start]),
                yamlLine: opening.number + 1,
                body: String(text[line.end...]),
                bodyLine: line.number + 1
            )
        }
        throw Unclosed(line: opening.number)
    }
}

extension TextLines.Line {
    fileprivate var isFence: Bool { trimmed == "---" && content.utf8.first == UInt8(ascii: "-") }
    fileprivate var isDocumentEnd: Bool { trimmed == "..." && content.utf8.first == UInt8(ascii: ".") }
}
