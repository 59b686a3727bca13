/// Where a Git repository is, and which revision of it is wanted.
package struct GitAddress: Sendable, Hashable, CustomStringConvertible {
    /// What Git is given: `https://…`, `ssh://…`, `user@host:path` or `file:///…`.
    package let url: String
    /// A branch, a tag or a commit; nil for the repository's own choice.
    package let revision: String?

    package var description: String { revision.map { "\(url)#\($0)" } ?? url }

    /// The last part of the path without `.git`.
    package var name: String {
        let path = url.split(whereSeparator: { $0 == "/" || $0 == ":" }).last.map(String.init) ?? "repository"
        return path.hasSuffix(".git") ? String(path.dropLast(4)) : path
    }

    /// Whether a text is meant as the address of a repository, rightly or wrongly written.
    package static func isMeant(by text: String) -> Bool {
        text.contains("://") || text.hasPrefix("git@") || text.contains("::") || text.hasPrefix("git+")
    }

    /// Reads `URL` or `URL#REVISION`.
    ///
    /// - Throws: for what is no address, for protocols without protection of what travels (`http`, `git`), for those that run
    ///   commands (`ext::`), for a password in the address, and for anything that Git could take for an option.
    package init(_ text: String) throws(AuthoringError) {
        var address = text.hasPrefix("git+") ? String(text.dropFirst(4)) : text
        var revision: String?
        if let hash = address.lastIndex(of: "#") {
            revision = String(address[address.index(after: hash)...])
            address = String(address[..<hash])
        }
        let hasControl = text.utf8.contains { $0 <= 32 || $0 == 127 }
        guard !address.hasPrefix("-"), !hasControl else {
            throw AuthoringError(.usage, "'\(text)' is not the address of a repository")
        }
        if let revision { try Self.check(revision) }
        try Self.check(address: address)
        url = address
        self.revision = revision
    }

    private static func check(address: String) throws(AuthoringError) {
        guard !address.contains("::") else {
            throw AuthoringError(.usage, "'\(address)' names a transport that runs commands; it is refused")
        }
        guard let end = address.firstRange(of: "://") else {
            // The short form of SSH: user@host:path.
            let parts = address.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let host = parts[0].split(separator: "@", omittingEmptySubsequences: false)
            guard parts.count == 2, host.count == 2, host.allSatisfy({ !$0.isEmpty && !$0.hasPrefix("-") }),
                !parts[1].isEmpty, !parts[1].hasPrefix("-")
            else { throw unknown(address) }
            return
        }
        let scheme = address[..<end.lowerBound].lowercased()
        let rest = address[end.upperBound...]
        guard ["https", "ssh", "file"].contains(scheme) else {
            throw AuthoringError(
                .usage,
                "'\(scheme)' addresses are not fetched",
                advice: "give https://, ssh:// or file://, which protect what travels or do not leave the machine"
            )
        }
        let authority = rest.prefix { $0 != "/" }
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        if scheme == "file" {
            guard authority.isEmpty, rest.count > 1 else { throw unknown(address) }
            return
        }
        guard !host.isEmpty, !host.hasPrefix("-"), !authority.hasPrefix("-"), rest.count > authority.count + 1 else {
            throw unknown(address)
        }
        guard !authority.contains("@") || !authority.dropLast(host.count + 1).contains(":") else {
            throw AuthoringError(
                .usage,
                "the address has a password in it, which would end up in records",
                advice: "use SSH, or fetch the repository yourself and install its folder"
            )
        }
    }

    private static func check(_ revision: String) throws(AuthoringError) {
        let allowed = revision.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"),
                UInt8(ascii: "/"):
                true
            default: false
            }
        }
        guard allowed, (1...200).contains(revision.utf8.count), !revision.hasPrefix("-"), !revision.contains("..")
        else {
            throw AuthoringError(.usage, "'\(revision)' is not a revision; give a branch, a tag or a commit")
        }
    }

    private static func unknown(_ address: String) -> AuthoringError {
        AuthoringError(.usage, "'\(address)' is not the address of a repository", advice: "give https://host/path")
    }
}
