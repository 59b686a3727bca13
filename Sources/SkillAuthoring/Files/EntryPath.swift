/// The path of a file inside a skill: relative, with `/` between its parts, and nothing in it that could lead elsewhere.
package struct EntryPath: Sendable, Hashable, Comparable {
    package let text: String

    /// Paths are compared by their bytes, so that their order is the same everywhere.
    package static func < (left: EntryPath, right: EntryPath) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    package var parts: [String] { text.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) } }
    package var name: String { parts.last ?? "" }

    /// Takes a path that a stranger wrote.
    ///
    /// A leading `./` and a slash at the end are tolerated, because archives of folders have them.
    /// - Throws: what is wrong with it, as the end of a sentence that begins with the path.
    package init(untrusted bytes: [UInt8], depth: Int) throws(PathFault) {
        guard let written = String(validating: bytes, as: UTF8.self) else { throw PathFault("is not UTF-8") }
        guard !bytes.isEmpty else { throw PathFault("is empty") }
        guard bytes.count <= 1024 else { throw PathFault("is longer than 1024 bytes") }
        guard bytes[0] != UInt8(ascii: "/") else { throw PathFault("is absolute") }
        guard bytes.allSatisfy({ $0 >= 32 && $0 != 127 }) else { throw PathFault("holds a control character") }
        guard !bytes.contains(UInt8(ascii: "\\")) else { throw PathFault("holds a backslash") }
        var parts = written.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
        parts.removeAll { $0 == "." }
        guard !parts.isEmpty else { throw PathFault("names no file") }
        for part in parts {
            guard part != ".." else { throw PathFault("leads out of the folder") }
            guard part.utf8.count <= 255 else { throw PathFault("has a name longer than 255 bytes") }
        }
        let first = Array(parts[0].utf8)
        guard !(first.count >= 2 && first[1] == UInt8(ascii: ":")) else {
            throw PathFault("begins with a drive letter")
        }
        guard parts.count <= depth + 1 else { throw PathFault("is deeper than \(depth) folders") }
        text = parts.joined(separator: "/")
    }

    /// Takes a path that was put together here.
    init(_ text: String) { self.text = text }
}

/// What is wrong with a path, as the end of a sentence that begins with it.
package struct PathFault: Error, Sendable, Hashable {
    package var problem: String
    init(_ problem: String) { self.problem = problem }
}
