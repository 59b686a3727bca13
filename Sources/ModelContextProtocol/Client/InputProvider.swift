package import JSONSchema

/// Answers what a server asks in the middle of a request: a person's words, a model's, the folders it may work in.
///
/// Contract: only what the capabilities name is asked; the answer is the result object of the asked request.
package protocol InputProvider: Sendable {
    var capabilities: ClientCapabilities { get }

    /// - Throws: `ProtocolError` where the question cannot be answered; the server is told its message.
    func answer(_ request: InputRequest) async throws -> JSONObject
}

/// A client that answers nothing.
package struct NoInput: InputProvider {
    package init() {}
    package var capabilities: ClientCapabilities { ClientCapabilities() }
    package func answer(_ request: InputRequest) async throws -> JSONObject {
        throw ProtocolError(ProtocolError.Code.methodNotFound, "This client answers no questions")
    }
}
