/// One token that everybody who may use a server knows.
///
/// Only its digest is kept, and it is compared in constant time.
package struct SharedToken: Sendable {
    private let digest: [UInt8]

    package init(_ token: String) { digest = TextDigest.sha256(token) }

    /// Who a token belongs to; nil where it is another one.
    package func principal(_ token: String) async -> String? {
        StateSeal.areEqual(TextDigest.sha256(token), digest) ? "token" : nil
    }
}
