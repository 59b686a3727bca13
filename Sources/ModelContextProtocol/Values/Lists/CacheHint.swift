package import JSONSchema

/// How long and for whom a result of the modern era may be kept.
package struct CacheHint: Sendable, Hashable {
    /// Who may be served a kept result.
    package enum Scope: String, Choice {
        /// Anybody.
        case `public`
        /// Only those with the authorization it was given to.
        case `private`
    }

    /// Milliseconds from its arrival that a result may be held fresh, as the server wrote them.
    package var ttlMs: Int
    package var scope: Scope

    package init(ttlMs: Int, scope: Scope) {
        self.ttlMs = ttlMs
        self.scope = scope
    }

    /// The hint of a result, whatever its kind; nil where it has none.
    package init?(in result: JSONObject) throws(MalformedValue) {
        var members = try Members(.object(result), of: "a result")
        guard let hint = try members.cacheHint() else { return nil }
        self = hint
    }

    /// Milliseconds a result is fresh: a negative time is none.
    package var freshMilliseconds: Int { max(0, ttlMs) }

    /// Writes the hint into a result.
    package func write(into result: inout JSONObject) {
        result["ttlMs"] = ttlMs.json
        result["cacheScope"] = scope.json
    }
}

extension Members {
    /// Takes the hint of a result; a half of one says nothing and stays with the members nobody knows.
    package mutating func cacheHint() throws(MalformedValue) -> CacheHint? {
        guard rest["ttlMs"] ?? .null != .null, rest["cacheScope"] ?? .null != .null else { return nil }
        return CacheHint(ttlMs: try integer("ttlMs"), scope: try required("cacheScope"))
    }
}
