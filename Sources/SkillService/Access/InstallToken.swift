import PlanExecution
import Storage

/// The token that comes with an installation and may do everything: who can read its file owns the installation.
///
/// Made when the service first starts, and made anew when its file was removed.
struct InstallToken: Sendable {
    static let id = "install"

    let file: PrivateFile

    init(_ path: String) { file = PrivateFile(path, limit: 1 << 10) }

    /// The token; made where there is none.
    func make() throws(AccessTokenError) -> TokenSecret {
        if let secret = try read().secret { return secret }
        do throws(StorageError) {
            _ = try file.create(Array((TokenSecret.make().text + "\n").utf8))
        } catch {
            throw AccessTokenError(error)
        }
        // Another process may have been first.
        guard let secret = try read().secret else {
            throw AccessTokenError(.files, "\(file.path) was removed as soon as it was made")
        }
        return secret
    }

    /// The token that is there; nil for none.
    func read() throws(AccessTokenError) -> (secret: TokenSecret?, stamp: PrivateFile.Stamp?) {
        let found: (bytes: [UInt8], stamp: PrivateFile.Stamp)?
        do throws(StorageError) { found = try file.read() } catch { throw AccessTokenError(error) }
        guard let found else { return (nil, nil) }
        var text = found.bytes[...]
        while text.last == UInt8(ascii: "\n") { text.removeLast() }
        guard let secret = TokenSecret(String(decoding: text, as: UTF8.self)) else {
            let advice = "remove it, and another is made at the next start"
            throw AccessTokenError(.damaged, "\(file.path) holds no token of this program", advice: advice)
        }
        return (secret, found.stamp)
    }

    static func token(_ secret: TokenSecret) -> AccessToken {
        AccessToken(
            id: id,
            name: id,
            scopes: [.admin],
            created: RunTime(milliseconds: 0),
            digest: TokenDigest(of: secret)
        )
    }
}
