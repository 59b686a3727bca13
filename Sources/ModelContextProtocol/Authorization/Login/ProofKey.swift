import HTTPTransport

/// Proves that who redeems a code is who asked for it (RFC 7636, with S256).
package struct ProofKey: Sendable {
    /// 43 characters that nobody can guess.
    let verifier: Secret
    let challenge: String

    package init(random: [UInt8] = RandomBytes.make(32)) {
        let text = Base64Text.encodeForAddress(random)
        verifier = Secret(text)
        challenge = Base64Text.encodeForAddress(TextDigest.sha256(text))
    }
}
