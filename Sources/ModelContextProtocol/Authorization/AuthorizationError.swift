/// Why no token could be had.
///
/// What a server says is shown only in excerpts, with everything that was secret in the exchange hidden.
package struct AuthorizationError: Error, Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// An address that tokens, codes or documents may not travel to.
        case addressRefused = "address-refused"
        /// Nothing says where the server's tokens are to be had.
        case noMetadata = "no-metadata"
        /// A document that is not what it should be.
        case malformedDocument = "malformed-document"
        /// The metadata is of another resource.
        case otherResource = "other-resource"
        /// The metadata, or an answer, is of another authorization server.
        case otherIssuer = "other-issuer"
        /// Codes cannot be protected against theft there (PKCE with S256).
        case noProofKey = "no-proof-key"
        /// No way to become a client of the authorization server.
        case noRegistration = "no-registration"
        case registrationRefused = "registration-refused"
        /// The person, or the authorization server, says no.
        case denied
        /// Answers that are not to the question that was asked.
        case foreignAnswer = "foreign-answer"
        /// Nobody answered in time.
        case unanswered
        /// No port to be answered at.
        case cannotListen = "cannot-listen"
        case tokenRefused = "token-refused"
        /// Nobody is there who could log in.
        case nobodyToAsk = "nobody-to-ask"
        /// The file of tokens cannot be used.
        case storage
    }

    package let kind: Kind
    /// The server, document or file that is meant.
    package let place: String
    package let detail: String

    package init(_ kind: Kind, _ place: String, _ detail: String = "") {
        self.kind = kind
        self.place = Excerpt.of(place, limit: 300)
        self.detail = Excerpt.of(detail, limit: 400)
    }
}

extension AuthorizationError: CustomStringConvertible {
    package var description: String { "\(place): \(problem)" + (detail.isEmpty ? "" : " (\(detail))") }

    private var problem: String {
        switch kind {
        case .addressRefused: "this address may not take part in a login"
        case .noMetadata: "the server does not say where its tokens are to be had"
        case .malformedDocument: "the document cannot be used"
        case .otherResource: "the metadata is of another resource than the server"
        case .otherIssuer: "another authorization server speaks than the one that was asked"
        case .noProofKey: "the authorization server does not protect codes with S256, so that no login there is safe"
        case .noRegistration:
            "the authorization server registers no clients by itself; register one there and set "
                + "`skillweaver.oauth.client_id` in the server's configuration"
        case .registrationRefused: "the authorization server does not register this program"
        case .denied: "the login was refused"
        case .foreignAnswer: "answers came that do not belong to this login; begin again"
        case .unanswered: "the login was not finished in time; begin again"
        case .cannotListen: "no port of this machine can take the answer"
        case .tokenRefused: "the authorization server gives no token"
        case .nobodyToAsk: "nobody is there to log in"
        case .storage: "the file of tokens cannot be used"
        }
    }
}
