import COpenSSL

/// One token that everybody who may use a server knows.
///
/// Only its digest is kept, and it is compared in constant time.
package struct SharedToken: Sendable {
    private let digest: [UInt8]

    package init(_ token: String) { digest = Self.digest(of: token) }

    /// Who a token belongs to; nil where it is another one.
    package func principal(_ token: String) async -> String? {
        StateSeal.areEqual(Self.digest(of: token), digest) ? "token" : nil
    }

    private static func digest(of token: String) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        let bytes = Array(token.utf8)
        _ = SHA256(bytes, bytes.count, &digest)
        return digest
    }
}
