/// A Markdown file with blocks between `<!-- bench:NAME -->` and `<!-- /bench -->` that a program writes.
///
/// A marker stands alone on its line. Inside a fenced code block a marker is text like any other.
package struct MarkedBlocks: Sendable, Hashable {
    package struct Block: Sendable, Hashable {
        package let name: String
        /// Line of the opening marker, from 1.
        package let line: Int
        /// What stands between the markers, each line with its line feed.
        package let content: String
    }

    private enum Part: Sendable, Hashable {
        /// Lines of the author's, markers included.
        case text(String)
        case block(Block)
    }

    private let parts: [Part]

    /// In the order of the file; a name may occur several times.
    package var blocks: [Block] {
        parts.compactMap { if case .block(let block) = $0 { block } else { nil } }
    }

    /// - Parameter file: The name that faults give.
    /// - Throws: A fault with the line of a marker that has no counterpart.
    package init(_ markdown: String, file: String) throws(DataFault) {
        var parts: [Part] = []
        var text = ""
        var open: (name: String, line: Int)?
        var isInFence = false
        for (index, line) in markdown.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let number = index + 1
            let isLast = line.endIndex == markdown.endIndex
            let ended = isLast ? String(line) : line + "\n"
            let bare = Self.trimmed(line)
            if open == nil, bare.hasPrefix("```") || bare.hasPrefix("~~~") { isInFence.toggle() }
            if !isInFence, let name = Self.openingName(bare) {
                if let open {
                    throw DataFault(
                        .malformed,
                        file: file,
                        line: number,
                        "block \"\(name)\" starts inside block \"\(open.name)\" of line \(open.line)"
                    )
                }
                parts.append(.text(text + ended))
                text = ""
                open = (name, number)
            } else if !isInFence, bare == Self.closing {
                guard let begun = open else {
                    throw DataFault(.malformed, file: file, line: number, "\(Self.closing) closes no block")
                }
                parts.append(.block(Block(name: begun.name, line: begun.line, content: text)))
                text = ended
                open = nil
            } else {
                text += ended
            }
        }
        if let open {
            throw DataFault(
                .malformed,
                file: file,
                line: open.line,
                "block \"\(open.name)\" is not closed; put \(Self.closing) on a line after it"
            )
        }
        parts.append(.text(text))
        self.parts = parts
    }

    /// The file with the content of every block replaced.
    package func replacing(_ content: (Block) throws(DataFault) -> String) throws(DataFault) -> String {
        var markdown = ""
        for part in parts {
            switch part {
            case .text(let text): markdown += text
            case .block(let block): markdown += try content(block)
            }
        }
        return markdown
    }

    private static let closing = "<!-- /bench -->"

    /// The name in an opening marker: lower-case letters, digits and hyphens.
    private static func openingName(_ line: String) -> String? {
        let prefix = "<!-- bench:"
        let suffix = " -->"
        guard line.hasPrefix(prefix), line.hasSuffix(suffix) else { return nil }
        let name = line.dropFirst(prefix.count).dropLast(suffix.count)
        let isName = name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
        }
        return isName && !name.isEmpty ? String(name) : nil
    }

    private static func trimmed(_ line: Substring) -> String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
        return String(line.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }
}
