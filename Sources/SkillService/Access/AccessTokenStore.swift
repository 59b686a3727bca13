import ModelContextProtocol
package import PlanExecution
import Storage
import Synchronization

/// The tokens of one installation, in `service/` of the program's home; shared with every other process that uses it.
///
/// What another process changes counts from the next request on: each looks at the files' stamps, which costs two system
/// calls, and reads them again where they differ.
package actor AccessTokenStore {
    /// Who a token belongs to.
    package enum Holder: Sendable, Hashable {
        case known(AccessToken)
        case expired
        case unknown
    }

    /// What the files say.
    private struct Known {
        var tokens: [AccessToken]
        var stamp: PrivateFile.Stamp?
        var install: AccessToken?
        var installStamp: PrivateFile.Stamp?
    }

    /// How long a token may last, in seconds.
    package static let lifetimes: ClosedRange<Int64> = 60...(10 * 366 * 86_400)
    /// Between two writings of when a token was used.
    private static let useInterval: Duration = .seconds(60)

    private let executor = BlockingExecutor(label: "access tokens")
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private nonisolated let file: AccessTokenFile
    private nonisolated let install: InstallToken
    /// Tokens that are kept at a time.
    private nonisolated let limit: Int
    private nonisolated let now: @Sendable () -> RunTime
    private nonisolated let known = Mutex<Known?>(nil)
    /// When tokens were used that the file does not know yet.
    private nonisolated let uses = Mutex<[String: RunTime]>([:])

    /// - Parameters:
    ///   - home: the program's own folder.
    ///   - limit: tokens that are kept at a time; each is compared with every token that is shown.
    package init(home: String, limit: Int = 256, now: @escaping @Sendable () -> RunTime = { SystemRunClock().now }) {
        file = AccessTokenFile("\(home)/service/tokens.json")
        install = InstallToken("\(home)/service/token")
        self.limit = limit
        self.now = now
    }

    /// The token that comes with the installation, made at the first start.
    package func installToken() throws(AccessTokenError) -> TokenSecret { try install.make() }

    // MARK: - Asking

    /// Who shows a token.
    ///
    /// - Throws: where a file is damaged or not private; nobody can be known then.
    package nonisolated func holder(of text: String) async throws(AccessTokenError) -> Holder {
        guard let secret = TokenSecret(text) else { return .unknown }
        let digest = TokenDigest(of: secret)
        let known: Known
        if let current = try current() { known = current } else { known = try await reload() }
        if let token = known.install, token.digest == digest { return .known(token) }
        // Every token is compared, so that time does not tell which one was near.
        guard let token = known.tokens.filter({ $0.digest == digest }).first else { return .unknown }
        let now = now()
        guard !token.isExpired(at: now) else { return .expired }
        if isUseDue(of: token, now) { await writeUses() }
        return .known(token)
    }

    /// Every token but the one of the installation, in the order they were made.
    package func list() throws(AccessTokenError) -> [AccessToken] { try file.read().tokens }

    private nonisolated func current() throws(AccessTokenError) -> Known? {
        guard let known = known.withLock(\.self) else { return nil }
        do throws(StorageError) {
            let (stamp, installStamp) = (try file.file.stamp(), try install.file.stamp())
            return holds(known.stamp, stamp) && holds(known.installStamp, installStamp) ? known : nil
        } catch {
            throw AccessTokenError(error)
        }
    }

    private nonisolated func holds(_ known: PrivateFile.Stamp?, _ now: PrivateFile.Stamp?) -> Bool {
        guard let known else { return now == nil }
        return known.stillHolds(now)
    }

    private func reload() throws(AccessTokenError) -> Known {
        do throws(AccessTokenError) {
            let (tokens, stamp) = try file.read()
            let (secret, installStamp) = try install.read()
            let read = Known(
                tokens: tokens,
                stamp: stamp,
                install: secret.map(InstallToken.token),
                installStamp: installStamp
            )
            known.withLock { $0 = read }
            let ids = Set(tokens.map(\.id))
            uses.withLock { uses in uses = uses.filter { ids.contains($0.key) } }
            return read
        } catch {
            known.withLock { $0 = nil }
            throw error
        }
    }

    // MARK: - Changing

    /// Makes a token.
    ///
    /// - Parameters:
    ///   - name: what its maker calls it, 1 to 100 characters on one line.
    ///   - lifetime: seconds until it expires; nil for never.
    /// - Returns: the token, and its secret, which is not kept.
    package func create(
        name: String,
        scopes: Set<AccessScope>,
        lifetime: Int64? = nil
    ) async throws(AccessTokenError) -> (token: AccessToken, secret: TokenSecret) {
        let name = try Self.checked(name)
        guard !scopes.isEmpty else { throw AccessTokenError(.invalid, "a token needs at least one scope") }
        if let lifetime, !Self.lifetimes.contains(lifetime) {
            throw AccessTokenError(.invalid, "a token lasts from a minute to ten years")
        }
        let secret = TokenSecret.make()
        let now = now()
        let token = AccessToken(
            id: ContentHash(of: RandomBytes.make(32)).hexadecimal.prefix(16).lowercased(),
            name: name,
            scopes: scopes,
            created: now,
            expires: lifetime.map { now.advanced(by: .seconds($0)) },
            digest: TokenDigest(of: secret)
        )
        try await change { tokens throws(AccessTokenError) in
            // What has expired is kept to be seen, as long as there is room.
            if tokens.count >= limit { tokens.removeAll { $0.isExpired(at: now) } }
            guard tokens.count < limit else {
                let advice = "revoke some that are not needed any more"
                throw AccessTokenError(.full, "there are \(tokens.count) tokens already", advice: advice)
            }
            tokens.append(token)
        }
        return (token, secret)
    }

    /// Makes a token worthless, in every process from its next request on; false where there is none of that id.
    package func revoke(_ id: String) async throws(AccessTokenError) -> Bool {
        guard try file.read().tokens.contains(where: { $0.id == id }) else { return false }
        var isFound = false
        try await change { tokens in
            isFound = tokens.contains { $0.id == id }
            tokens.removeAll { $0.id == id }
        }
        return isFound
    }

    private func change(
        within patience: Duration = .seconds(10),
        _ body: (inout [AccessToken]) throws(AccessTokenError) -> Void
    ) async throws(AccessTokenError) {
        let lock = try await file.lock(within: patience)
        defer { withExtendedLifetime(lock) {} }
        var tokens = try file.read().tokens
        let uses = self.uses.withLock(\.self)
        for place in tokens.indices {
            guard let use = uses[tokens[place].id] else { continue }
            tokens[place].lastUsed = max(use, tokens[place].lastUsed ?? use)
        }
        try body(&tokens)
        try file.write(tokens)
        _ = try reload()
    }

    private static func checked(_ name: String) throws(AccessTokenError) -> String {
        let isPlain = name.unicodeScalars.allSatisfy {
            switch $0.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: false
            default: true
            }
        }
        guard isPlain, name.contains(where: { !$0.isWhitespace }), name.count <= 100, name.utf8.count <= 400 else {
            throw AccessTokenError(.invalid, "a token's name has 1 to 100 characters on one line")
        }
        return name
    }

    // MARK: - When tokens were used

    private nonisolated func isUseDue(of token: AccessToken, _ now: RunTime) -> Bool {
        uses.withLock { uses in
            if let last = [uses[token.id], token.lastUsed].compactMap(\.self).max() {
                guard last.duration(to: now) >= Self.useInterval else { return false }
            }
            uses[token.id] = now
            return true
        }
    }

    /// A use that cannot be written is no reason to turn its request away; it is tried again with the next.
    private func writeUses() async { try? await change(within: .zero) { _ in } }
}
