/// A file that a document refers to.
struct FileReference: Sendable, Hashable {
    /// Relative to the skill's folder, without fragment and query.
    var path: String
    /// Line of the file, from 1.
    var line: Int

    /// Whether the path stays in the skill's folder, by its text.
    var isInside: Bool {
        var depth = 0
        for component in path.utf8.split(separator: UInt8(ascii: "/")) {
            if component.elementsEqual("..".utf8) {
                depth -= 1
            } else if !component.elementsEqual(".".utf8) {
                depth += 1
            }
            if depth < 0 { return false }
        }
        return true
    }

    private static let folders = ["scripts/", "references/", "assets/"]

    /// Every reference, each path once, in the order of the document.
    ///
    /// Relative links count outside of code blocks; mentions of files in the three folders of the format count
    /// everywhere, because commands in code blocks run scripts; but not in a line that says what could be there, as
    /// documents about skills do.
    static func all(in document: SkillFile) -> [FileReference] {
        var fence = CodeFence()
        var seen: Set<String> = []
        var found: [FileReference] = []
        for line in TextLines(document.body) {
            let isCode = fence.contains(line.content)
            let text = Array(line.content.unicodeScalars)
            let mentioned = !isCode && isIllustration(line.content) ? [] : mentions(text)
            for path in (isCode ? [] : links(text)) + mentioned where seen.insert(path).inserted {
                found.append(FileReference(path: path, line: document.bodyLine + line.number - 1))
            }
        }
        return found
    }

    private static let illustrations = [
        "example", "e.g.", "for instance", "such as", "would be", "could be", "might be", "imagine", "suppose",
    ]

    /// The line shows how something could be, instead of sending its reader to a file.
    private static func isIllustration(_ line: Substring) -> Bool {
        // A file may be called examples.md; only the words around it tell.
        let text = line.lowercased().split(separator: " ").filter { !$0.contains("/") }.joined(separator: " ")
        return illustrations.contains(where: text.contains)
    }

    private static func links(_ text: [Unicode.Scalar]) -> [String] {
        var paths: [String] = []
        var position = 0
        var isCode = false
        while position < text.count {
            if text[position] == "`" { isCode.toggle() }
            if !isCode, text[position] == "[", let link = InlineMarkdown.link(text, at: position) {
                if let path = relativePath(link.url) { paths.append(path) }
                // A linked picture has a second link inside its text.
                position = InlineMarkdown.isLinkedImage(text, at: position) ? position + 1 : link.end
            } else {
                position += 1
            }
        }
        return paths
    }

    /// The path of a link that leads to a file beside the document; nil for addresses, anchors and absolute paths.
    private static func relativePath(_ url: String) -> String? {
        let path = decoded(String(url.prefix { $0 != "#" && $0 != "?" }))
        guard let first = path.unicodeScalars.first, first != "/", !hasPlaceholder(path) else { return nil }
        // A colon before the first slash is the end of a scheme: `mailto:`, `https:`.
        guard !path.prefix(while: { $0 != "/" }).contains(":") else { return nil }
        return path.hasPrefix("./") ? String(path.dropFirst(2)) : path
    }

    private static func mentions(_ text: [Unicode.Scalar]) -> [String] {
        let words = text.split { $0.properties.isWhitespace || "`\"'()[]<>,;|".unicodeScalars.contains($0) }
        return words.compactMap { word in
            guard var path = relativePath(String(String.UnicodeScalarView(word))) else { return nil }
            guard folders.contains(where: path.hasPrefix) else { return nil }
            while let last = path.last, ".:!*_".contains(last) { path.removeLast() }
            // `scripts/` alone, or a folder in it, is talk about a place; a file has an extension.
            return FilePath(path).fileExtension.isEmpty || path.hasSuffix("/") ? nil : path
        }
    }

    /// Whether a path stands for many, as `references/<topic>.md` and `assets/*.png` do.
    private static func hasPlaceholder(_ path: String) -> Bool {
        path.unicodeScalars.contains { "*{}<>$…".unicodeScalars.contains($0) }
    }

    /// The path with `%20` and its like replaced.
    private static func decoded(_ path: String) -> String {
        guard path.utf8.contains(UInt8(ascii: "%")) else { return path }
        var bytes: [UInt8] = []
        var rest = Array(path.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2, digits.first != UInt8(ascii: "+"),
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
