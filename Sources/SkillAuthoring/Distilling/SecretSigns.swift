import JSONSchema
import PlanExecution

/// Says of a value whether it is a secret, by what is known, by the name it has, and by how it looks.
///
/// Errs on the side of secrecy: a value that only looks like one is asked for at each call, which does no harm.
struct SecretSigns {
    /// Values that are known to be secret.
    let redactor: SecretRedactor

    private static let words = [
        "password", "passwd", "passphrase", "secret", "token", "credential", "credentials", "apikey", "api_key",
        "access_key", "private_key", "authorization", "auth", "cookie", "bearer",
    ]
    private static let beginnings = [
        "sk-", "sk_live_", "pk_live_", "rk_live_", "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "xoxb-", "xoxp-",
        "AKIA", "ASIA", "AIza", "eyJ", "Bearer ", "Basic ", "-----BEGIN",
    ]

    func isSecret(_ value: JSONValue, named name: String, schema: JSONValue?) -> Bool {
        if schema?["format"] == "password" || schema?["writeOnly"] == true { return true }
        let plain = name.lowercased().replacing("-", with: "_")
        let isNamedSo = Self.words.contains { word in
            plain == word || plain.hasSuffix("_\(word)") || plain.hasPrefix("\(word)_")
        }
        return isNamedSo && value.stringValue != nil || holdsSecret(value)
    }

    /// A text without the known secrets, and without words that look like one.
    func redacted(_ text: String) -> String {
        let known = redactor.redacted(text)
        let words = known.split(separator: " ", omittingEmptySubsequences: false)
        return words.map { holdsSecret(.string(String($0))) ? "[redacted]" : String($0) }.joined(separator: " ")
    }

    /// A text in the value is a secret, or holds one, such as an address with a password.
    func holdsSecret(_ value: JSONValue) -> Bool {
        switch value {
        case .string(let text):
            redactor.redacted(text) != text || text.contains("[redacted]")
                || Self.beginnings.contains { text.hasPrefix($0) && text.utf8.count >= 16 } || Self.hasPassword(text)
        case .array(let elements): elements.contains(where: holdsSecret)
        case .object(let members):
            members.contains { isSecret($0.value, named: $0.key, schema: nil) }
        default: false
        }
    }

    /// `scheme://user:password@host`.
    private static func hasPassword(_ text: String) -> Bool {
        guard let scheme = text.firstRange(of: "://") else { return false }
        let authority = text[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && !$0.isWhitespace }
        guard let at = authority.lastIndex(of: "@") else { return false }
        return authority[..<at].contains(":")
    }
}
