package import JSONSchema

/// An answer that says why there is no result: the error object of JSON-RPC with the codes of the protocol.
package struct ProtocolError: Error, MessageValue, CustomStringConvertible {
    package var code: Int
    package var message: String
    package var data: JSONValue?

    package init(_ code: Int, _ message: String, data: JSONValue? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "an error")
        guard let code = try members.optionalInteger("code") else {
            throw MalformedValue(["code"], problem: "is missing")
        }
        self.code = code
        message = try members.optionalString("message") ?? "error \(code)"
        data = members.value("data")
    }

    package var json: JSONValue {
        .object(JSONObject(["code": JSONValue(code), "message": .string(message), "data": data]))
    }

    package var description: String { "\(message) (code \(code))" }
}

extension ProtocolError {
    package enum Code {
        package static let parse = -32_700
        package static let invalidRequest = -32_600
        package static let methodNotFound = -32_601
        package static let invalidParameters = -32_602
        package static let internalFault = -32_603
        /// More than is answered at once.
        package static let busy = -32_000
        /// A resource that is not there, in the legacy era.
        package static let resourceNotFound = -32_002
        package static let headerMismatch = -32_020
        package static let missingCapability = -32_021
        package static let unsupportedVersion = -32_022
    }

    package static func parse(_ reason: String) -> ProtocolError { ProtocolError(Code.parse, "Parse error: \(reason)") }

    package static func invalidRequest(_ reason: String) -> ProtocolError {
        ProtocolError(Code.invalidRequest, "Invalid request: \(reason)")
    }

    package static func methodNotFound(_ method: String) -> ProtocolError {
        ProtocolError(Code.methodNotFound, "Method not found: \(Excerpt.of(method))")
    }

    package static func invalidParameters(_ reason: String) -> ProtocolError {
        ProtocolError(Code.invalidParameters, reason)
    }

    /// Says nothing of what went wrong inside, which may hold secrets.
    package static let internalFault = ProtocolError(Code.internalFault, "Internal error")

    package static func headerMismatch(_ reason: String) -> ProtocolError {
        ProtocolError(Code.headerMismatch, "Header mismatch: \(reason)")
    }

    package static func missingCapability(_ capabilities: JSONObject, _ reason: String) -> ProtocolError {
        ProtocolError(Code.missingCapability, reason, data: ["requiredCapabilities": .object(capabilities)])
    }

    package static func unsupportedVersion(_ requested: String) -> ProtocolError {
        ProtocolError(
            Code.unsupportedVersion,
            "Unsupported protocol version",
            data: [
                "supported": JSONValue(ProtocolVersion.supported.map(\.rawValue)),
                "requested": .string(Excerpt.of(requested)),
            ]
        )
    }

    /// Only a server of the modern era says this: falling back to `initialize` would be wrong.
    package var isModern: Bool {
        [Code.headerMismatch, Code.missingCapability, Code.unsupportedVersion].contains(code)
    }

    /// The versions an unsupported-version error offers instead.
    package var offeredVersions: [ProtocolVersion] {
        (data?["supported"]?.arrayValue ?? []).compactMap(\.stringValue).map(ProtocolVersion.init(rawValue:))
    }
}
