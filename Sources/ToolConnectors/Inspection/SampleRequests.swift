import SkillCatalog

/// Makes requests that show what somebody's servers can do, out of what their tools say about themselves.
package enum SampleRequests {
    /// At most three: one for each of the first two servers, and one that needs both.
    ///
    /// Tools are taken whose descriptions begin with a short sentence of their own, read-only ones first: nothing is run,
    /// but an example that deletes something is a bad example.
    package static func requests(for servers: [InspectedServer]) -> [String] {
        let sentences = servers.compactMap { server in
            let ranked =
                server.tools.filter(\.annotations.isReadOnly) + server.tools.filter { !$0.annotations.isReadOnly }
            return ranked.lazy.compactMap(sentence).first
        }
        switch sentences.count {
        case 0: return []
        case 1:
            let more = servers.flatMap(\.tools).compactMap(sentence).filter { $0 != sentences[0] }
            return Array(([sentences[0]] + more).prefix(3))
        default:
            return [sentences[0], sentences[1], "\(sentences[0]), then \(lowered(sentences[1]))"]
        }
    }

    /// The first sentence of a tool's description, without its full stop; nil where it is too short or too long.
    private static func sentence(of tool: Tool) -> String? {
        let line = tool.description.split(whereSeparator: \.isNewline).first ?? ""
        let text = line.prefix(while: { $0 != "." }).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let words = text.split(separator: " ").count
        return (2...16).contains(words) && !text.contains("{") ? text : nil
    }

    private static func lowered(_ text: String) -> String {
        // Names in capital letters stay as they are.
        guard let first = text.first, text.dropFirst().first?.isUppercase != true else { return text }
        return first.lowercased() + text.dropFirst()
    }
}
