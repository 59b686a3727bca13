/// Keeps the tables of a Markdown file in agreement with a results file.
package struct BenchmarkReport: Sendable {
    private let results: BenchmarkResults

    package init(_ results: BenchmarkResults) { self.results = results }

    /// A block whose tables are not those of the results.
    package struct StaleBlock: Sendable, Hashable, CustomStringConvertible {
        package let name: String
        /// The first line that differs, from 1.
        package let line: Int
        /// That line as it is; nil where the file has too few lines.
        package let found: String?
        /// That line as the results have it; nil where the file has too many lines.
        package let expected: String?

        package var description: String {
            "line \(line), block \(name): found \(found ?? "nothing"), expected \(expected ?? "nothing")"
        }
    }

    /// The Markdown with every marked block rebuilt from the results.
    ///
    /// - Throws: A fault for a marker without counterpart or a block of unknown name.
    package func updating(_ markdown: String, file: String) throws(DataFault) -> String {
        try MarkedBlocks(markdown, file: file).replacing { (block) throws(DataFault) in
            try content(of: block, file: file)
        }
    }

    /// Blocks that disagree with the results; empty where `updating` would change nothing.
    package func staleBlocks(in markdown: String, file: String) throws(DataFault) -> [StaleBlock] {
        var stale: [StaleBlock] = []
        for block in try MarkedBlocks(markdown, file: file).blocks {
            let expected = try content(of: block, file: file)
            guard expected != block.content else { continue }
            let foundLines = block.content.split(separator: "\n", omittingEmptySubsequences: false)
            let expectedLines = expected.split(separator: "\n", omittingEmptySubsequences: false)
            let shared = zip(foundLines, expectedLines).prefix { $0 == $1 }.count
            stale.append(
                StaleBlock(
                    name: block.name,
                    line: block.line + 1 + shared,
                    found: shared < foundLines.count ? String(foundLines[shared]) : nil,
                    expected: shared < expectedLines.count ? String(expectedLines[shared]) : nil
                )
            )
        }
        return stale
    }

    /// A whole report: every block that has something to show, under its heading.
    package func document(title: String) -> String {
        ReportBlock.allCases.reduce("# \(title)\n") { text, block in
            "\(text)\n## \(block.title)\n\n\(block.markdown(results))"
        }
    }

    private func content(of block: MarkedBlocks.Block, file: String) throws(DataFault) -> String {
        guard let known = ReportBlock(rawValue: block.name) else {
            let names = ReportBlock.allCases.map(\.rawValue).joined(separator: ", ")
            throw DataFault(
                .malformed,
                file: file,
                line: block.line,
                "there is no block \"\(block.name)\"; known blocks are \(names)"
            )
        }
        // Markdown needs empty lines between a comment and a table.
        return "\n\(known.markdown(results))\n"
    }
}
