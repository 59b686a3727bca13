import Storage

/// The Python packages a skill needs: the plain part of `requirements.txt`.
///
/// A line is a package of the index with an optional version, extras, marker and hashes. Options, addresses and paths are
/// refused: each of them could fetch from, or run, something that nobody was asked about.
package struct RequirementsFile: Sendable, Hashable {
    package static let fileName = "requirements.txt"

    /// The lines that count, tidied.
    package let lines: [String]

    /// Reads the file of a skill; nil where it has none, or an empty one.
    package init?(in folder: String) throws(AuthoringError) {
        let path = "\(folder)/\(Self.fileName)"
        guard FileSystem.exists(path) else { return nil }
        guard let root = RealFolder.of(folder) else { return nil }
        let bytes = try RealFolder.contents(of: path, in: root, limit: 64 << 10)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw AuthoringError(.invalid, "\(path) is not UTF-8")
        }
        try self.init(text: text)
        if lines.isEmpty { return nil }
    }

    package init(text: String) throws(AuthoringError) {
        var lines: [String] = []
        let joined = text.replacing("\r\n", with: "\n").replacing("\\\n", with: " ")
        for (index, raw) in joined.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = Self.withoutComment(raw)
            guard !line.isEmpty else { continue }
            if let problem = Self.problem(of: line) {
                throw AuthoringError(
                    .invalid,
                    "\(Self.fileName), entry \(index + 1): '\(line.prefix(100))' \(problem)",
                    advice: "write packages of the index only, such as requests==2.32.3"
                )
            }
            lines.append(line)
        }
        guard lines.count <= 200 else { throw AuthoringError(.tooLarge, "\(Self.fileName) has more than 200 entries") }
        self.lines = lines
    }

    private static func withoutComment(_ line: Substring) -> String {
        var words: [Substring] = []
        for word in line.split(whereSeparator: { $0 == " " || $0 == "\t" }) {
            if word.hasPrefix("#") { break }
            words.append(word)
        }
        return words.joined(separator: " ")
    }

    private static func problem(of line: String) -> String? {
        if line.utf8.contains(where: { $0 < 32 || $0 == 127 }) { return "holds a control character" }
        let words = line.split(separator: " ")
        for word in words where word.hasPrefix("-") {
            let isHash = word.hasPrefix("--hash=sha256:") && word.dropFirst(14).allSatisfy(\.isHexDigit)
            if !isHash { return "is an option" }
        }
        if line.contains("@") || line.contains("://") { return "names an address" }
        let name = line.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
        guard let first = name.first, first.isLetter || first.isNumber else { return "is no package" }
        let rest = line.dropFirst(name.count).drop { $0 == " " }
        guard rest.isEmpty || "=<>!~[;,-".contains(rest.first ?? "/") else { return "is no package" }
        // A slash belongs to a path or an address; the quotes of a marker never hold one.
        return line.contains("/") || line.contains("\\") ? "names a path" : nil
    }
}
