import SkillCatalog

/// The address of an operation of a web API, as its document names it: "GET /movie/{movie_id}/keywords".
///
/// What stands in braces is required by every call (OpenAPI 3, path parameters).
struct OperationPath: Sendable, Hashable {
    /// `GET`, `POST`, ….
    let method: String
    /// The parts of the path in order; a parameter without its braces.
    let parts: [Part]

    enum Part: Sendable, Hashable {
        case name(String)
        case parameter(String)
    }

    private static let methods: Set<Substring> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "QUERY"]

    /// Reads the address out of a skill's id, such as "tmdb/GET /search/movie"; nil where there is none.
    init?(_ text: String) {
        guard let slash = text.firstRange(of: " /")?.lowerBound else { return nil }
        let method = text[..<slash].split(separator: "/").last ?? ""
        guard Self.methods.contains(method) else { return nil }
        self.method = String(method)
        parts = text[slash...].dropFirst().split(separator: "/").prefix(24).map { part in
            part.hasPrefix("{") && part.hasSuffix("}")
                ? .parameter(String(part.dropFirst().dropLast())) : .name(String(part))
        }
    }

    var parameters: [String] {
        parts.compactMap { part in
            if case .parameter(let name) = part { name } else { nil }
        }
    }

    /// Stems of the words of all parts that are no parameters.
    var words: [String] {
        parts.flatMap { part -> [String] in
            if case .name(let name) = part { IdentifierWords.split(name).map(WordStem.of) } else { [] }
        }
    }

    /// Asks for things by what they are called: `/search/movie`.
    var isSearch: Bool { method == "GET" && parameters.isEmpty && words.contains("search") }
}
