/// What a token is to allow: words the server gives meaning to (RFC 6749, 3.3).
package enum Scopes {
    /// Most that are asked for at a time.
    static let maximumCount = 64

    /// The words of a text; what is no scope is left out.
    package static func words(_ text: String?) -> [String] {
        usable((text ?? "").split(separator: " ", omittingEmptySubsequences: true).map(String.init))
    }

    static func usable(_ words: [String]) -> [String] {
        var seen: Set<String> = []
        return Array(words.filter { isScope($0) && seen.insert($0).inserted }.prefix(maximumCount))
    }

    static func isScope(_ word: String) -> Bool {
        !word.isEmpty && word.utf8.count <= 256
            && word.utf8.allSatisfy {
                (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
            }
    }

    /// What a login asks for (revision 2026-07-28, "Scope Selection Strategy").
    ///
    /// What the refused request needs, beside what was had before; where nobody says what is needed, what the user names,
    /// or all that the server's metadata names.
    ///
    /// - Returns: empty to leave it to the authorization server.
    package static func choice(
        challenged: [String],
        before: [String],
        configured: [String],
        supported: [String]?,
        offered: [String]
    ) -> [String] {
        let needed = !challenged.isEmpty ? challenged : !configured.isEmpty ? configured : supported ?? []
        var chosen = usable(before + needed)
        // Only asked for where the authorization server has it: then it gives refresh tokens for nothing else.
        if offered.contains("offline_access"), !chosen.contains("offline_access"), chosen.count < maximumCount {
            chosen.append("offline_access")
        }
        return chosen
    }
}
