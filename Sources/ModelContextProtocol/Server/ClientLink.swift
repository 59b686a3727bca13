package import JSONSchema

/// The way back to the client of one request.
package struct ClientLink: Sendable {
    /// Who is behind the client.
    package var principal: String
    /// Says something that belongs to the request.
    package var notify: @Sendable (Message.Notification) -> Void
    /// Puts a question to the client, in the legacy era; nil where there is no way to.
    package var ask: (@Sendable (_ method: String, _ parameters: JSONObject) async throws -> JSONObject)?
    /// What a connection of the legacy era subscribed to.
    var subscriptions: ResourceSubscriptions?

    package init(
        principal: String,
        notify: @escaping @Sendable (Message.Notification) -> Void,
        ask: (@Sendable (_ method: String, _ parameters: JSONObject) async throws -> JSONObject)? = nil
    ) {
        self.principal = principal
        self.notify = notify
        self.ask = ask
    }
}

/// What the handshake of the legacy era settled.
package struct LegacyAgreement: Sendable, Hashable {
    package var version: ProtocolVersion
    package var client: Implementation?
    package var capabilities: ClientCapabilities
}
