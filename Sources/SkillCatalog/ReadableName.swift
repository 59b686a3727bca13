/// The words of a name that tell a skill or a tool from others.
///
/// `acme/send-email-mcp-server` becomes "send email", `getHTTPStatus` "get http status". Words are cut where
/// identifiers join them; the owner before the slash goes, and so do the words that every second name has. Where
/// nothing is left, the owner's words stand for the name.
package enum ReadableName {
    private static let common: Set<String> = ["mcp", "server", "model", "context", "protocol"]

    package static func words(of name: String) -> String {
        let (owner, own) = parts(of: name)
        let words = distinctive(own)
        if !words.isEmpty { return words.joined(separator: " ") }
        let ownerWords = distinctive(owner)
        return ownerWords.isEmpty ? name : ownerWords.joined(separator: " ")
    }

    /// The part before the first slash and the one after it; an address such as `GET /users/{id}` has no owner.
    private static func parts(of name: String) -> (owner: Substring, own: Substring) {
        guard let slash = name.firstIndex(of: "/"), slash > name.startIndex, !name[..<slash].contains(" ") else {
            return ("", name[...])
        }
        return (name[..<slash], name[name.index(after: slash)...])
    }

    private static func distinctive(_ text: Substring) -> [String] {
        IdentifierWords.split(String(text)).filter { !common.contains($0) }
    }
}
