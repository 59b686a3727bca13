/// Which names stand before a secret.
package enum Redaction {
    /// What is shown in place of a secret.
    package static let mark = "[redacted]"

    /// Whether the value of a header of that name is a secret, or may hold one.
    package static func hidesHeader(_ name: String) -> Bool {
        let name = name.lowercased()
        return [
            "authorization", "cookie", "api-key", "apikey", "token", "secret", "password", "signature", "session-id",
        ]
        .contains { name.contains($0) }
    }

    /// Whether the value of a query item of that name is a secret, or may be one.
    package static func hidesQueryItem(_ name: String) -> Bool {
        let name = name.lowercased().filter { $0 != "_" && $0 != "-" }
        return name == "key" || name == "sig" || name == "auth" || name == "code" || name == "pwd"
            || [
                "apikey", "token", "secret", "password", "passwd", "signature", "credential", "accesskey",
                "authorization",
            ]
            .contains { name.contains($0) }
    }

    /// The items of a query with their secrets hidden.
    static func query(_ query: String) -> String {
        query.split(separator: "&", omittingEmptySubsequences: false).map { item in
            guard let sign = item.firstIndex(of: "=") else { return String(item) }
            // A name may be written with escapes; what cannot be read is hidden.
            let name = item[..<sign]
            return hidesQueryItem(String(name)) || name.contains("%") ? "\(name)=\(mark)" : String(item)
        }.joined(separator: "&")
    }
}

/// A text that no description, log or dump shows.
package struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let value: String

    package init(_ value: String) { self.value = value }

    /// The text itself; for the wire only.
    package func reveal() -> String { value }

    package var isEmpty: Bool { value.isEmpty }

    /// A text of someone else's with every occurrence of this secret hidden.
    package func hidden(in text: String) -> String {
        guard value.utf8.count >= 4, text.contains(value) else { return text }
        return text.split(separator: value, omittingEmptySubsequences: false).joined(separator: Redaction.mark)
    }

    package var description: String { Redaction.mark }
    package var debugDescription: String { Redaction.mark }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension HTTPHeaders: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// One field a line; the values of fields that carry secrets are hidden.
    package var description: String {
        fields.map(\.description).joined(separator: "\n")
    }

    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, unlabeledChildren: fields.map(\.description)) }
}

extension HTTPHeaders.Field: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "\(name): \(Redaction.hidesHeader(name) ? Redaction.mark : value)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
