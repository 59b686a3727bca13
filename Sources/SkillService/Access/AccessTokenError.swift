/// Why tokens cannot be read, made or revoked.
package struct AccessTokenError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable, Hashable {
        /// The file is damaged, or a newer version of the program wrote it.
        case damaged = "damaged-tokens"
        /// The file, or its folder, cannot be used: its rights, the disk, another process.
        case files = "token-files"
        /// What was asked for makes no token.
        case invalid = "invalid-token-request"
        /// There is no room for another token.
        case full = "too-many-tokens"
    }

    package var kind: Kind
    package var message: String
    /// The next step, where there is one to name.
    package var advice: String?

    init(_ kind: Kind, _ message: String, advice: String? = nil) {
        self.kind = kind
        self.message = message
        self.advice = advice
    }

    package var description: String { advice.map { "\(message); \($0)" } ?? message }
}
