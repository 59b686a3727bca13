import COpenSSL
package import JSONSchema

/// Hands state to a client and knows it again: what comes back was given by this server, to the same principal, for the
/// same request, and not too long ago (revision 2026-07-28, patterns, "Multi Round-Trip Requests").
///
/// The state is signed (HMAC-SHA-256), not hidden: no secret goes into it.
package struct StateSeal: Sendable {
    /// Why state is not accepted.
    package enum Refusal: Error, Sendable, Hashable, CustomStringConvertible {
        case forged
        case expired
        case otherRequest

        package var description: String {
            switch self {
            case .forged: "the state was not given by this server"
            case .expired: "the state has expired; begin the request again"
            case .otherRequest: "the state belongs to another request or another user"
            }
        }
    }

    private let key: [UInt8]
    private let lifetime: Duration

    /// - Parameter key: at least 32 random bytes; nil for ones of this process alone.
    package init(key: [UInt8]? = nil, lifetime: Duration = .seconds(600)) {
        self.key = key ?? RandomBytes.make(32)
        self.lifetime = lifetime
    }

    /// State as a text for the client.
    ///
    /// - Parameter binding: what it belongs to: principal and request.
    /// - Parameter now: seconds since 1970.
    package func seal(_ state: JSONValue, binding: String, now: Int64) -> String {
        let payload: JSONValue = [
            "s": state, "b": .string(Self.digest(binding)), "e": .integer(now + lifetime.components.seconds),
        ]
        let bytes = Array(payload.serialized().utf8)
        return Base64Text.encodeForAddress(bytes) + "." + Base64Text.encodeForAddress(code(of: bytes))
    }

    /// The state of a text that came from a client.
    package func open(_ text: String, binding: String, now: Int64) throws(Refusal) -> JSONValue {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 1 << 20, let bytes = Base64Text.decode(parts[0]),
            let claimed = Base64Text.decode(parts[1]), Self.areEqual(claimed, code(of: bytes)),
            // One text for one state: the last digit has bits that mean nothing.
            Base64Text.encodeForAddress(claimed).utf8.elementsEqual(parts[1]),
            let payload = try? JSONParser.parse(utf8: bytes), let state = payload["s"]
        else { throw .forged }
        guard payload["b"]?.stringValue == Self.digest(binding) else { throw .otherRequest }
        guard let end = payload["e"]?.intValue, now < Int64(end) else { throw .expired }
        return state
    }

    /// What a request is bound by, the same for every order of its members: a client may write them in another one.
    static func binding(_ parts: [JSONValue]) -> String { JSONValue.array(parts.map(sorted)).serialized() }

    private static func sorted(_ json: JSONValue) -> JSONValue {
        switch json {
        case .object(let members):
            .object(JSONObject(members.sorted { $0.key < $1.key }.map { ($0.key, sorted($0.value)) }))
        case .array(let elements): .array(elements.map(sorted))
        default: json
        }
    }

    private func code(of bytes: [UInt8]) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        _ = HMAC(EVP_sha256(), key, Int32(key.count), bytes, bytes.count, &code, &length)
        return code
    }

    private static func digest(_ text: String) -> String { Base64Text.encodeForAddress(TextDigest.sha256(text)) }

    /// Takes the same time wherever two codes differ.
    static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// Bytes nobody can guess.
package enum RandomBytes {
    package static func make(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard RAND_bytes(&bytes, Int32(count)) == 1 else {
            // Without randomness no secret is one; going on would be worse than ending.
            fatalError("the system gives no random bytes")
        }
        return bytes
    }

    /// A name nobody can guess: 128 bits, safe in addresses and headers.
    package static func identifier() -> String { Base64Text.encodeForAddress(make(16)) }
}
