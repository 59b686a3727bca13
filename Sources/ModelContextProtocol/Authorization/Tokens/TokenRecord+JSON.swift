import HTTPTransport
import JSONSchema

extension TokenRecord {
    private static let version = 1

    /// With all secrets; for the file only.
    var json: JSONValue {
        var client: JSONObject = [
            "origin": .string(self.client.origin.rawValue), "id": .string(self.client.identifier),
            "proof": .string(self.client.proof.rawValue),
        ]
        client["secret"] = self.client.secret.map { .string($0.reveal()) }
        client["redirect"] = self.client.redirect.map(JSONValue.string)
        client["secret_ends"] = self.client.secretEnds.map(JSONValue.integer)
        var members: JSONObject = [
            "version": JSONValue(Self.version), "server": .string(server), "resource": .string(resource),
            "issuer": .string(issuer), "token_endpoint": .string(tokenEndpoint),
        ]
        members["revocation_endpoint"] = revocationEndpoint.map(JSONValue.string)
        members["client"] = .object(client)
        members["requested"] = JSONValue(requested)
        if let tokens {
            var held: JSONObject = ["access": .string(tokens.access.reveal()), "scopes": JSONValue(tokens.scopes)]
            held["refresh"] = tokens.refresh.map { .string($0.reveal()) }
            held["ends"] = tokens.ends.map(JSONValue.integer)
            held["due"] = tokens.isDue.map(JSONValue.integer)
            members["tokens"] = .object(held)
        }
        return .object(members)
    }

    init(json: JSONValue, from file: String) throws(AuthorizationError) {
        guard json["version"]?.intValue == Self.version else {
            throw AuthorizationError(.storage, file, "it was written by another version; log in again")
        }
        let reading = try DocumentReading(json, from: file)
        server = try reading.needed("server")
        resource = try reading.needed("resource")
        issuer = try reading.needed("issuer")
        tokenEndpoint = try reading.needed("token_endpoint")
        revocationEndpoint = try reading.text("revocation_endpoint")
        requested = try reading.texts("requested") ?? []
        let client = try DocumentReading(json["client"] ?? .null, from: file)
        guard let origin = ClientIdentity.Origin(rawValue: try client.needed("origin")),
            let proof = ClientIdentity.Proof(rawValue: try client.needed("proof"))
        else { throw AuthorizationError(.storage, file, "its `client` is not understood; log in again") }
        self.client = ClientIdentity(
            origin: origin,
            identifier: try client.needed("id"),
            secret: try client.text("secret").map { Secret($0) },
            proof: proof,
            redirect: try client.text("redirect"),
            secretEnds: client.members["secret_ends"]?.intValue.map { Int64($0) }
        )
        guard let held = json["tokens"]?.objectValue, let access = held["access"]?.stringValue else { return }
        tokens = Tokens(
            access: Secret(access),
            refresh: held["refresh"]?.stringValue.map { Secret($0) },
            scopes: Scopes.usable((held["scopes"]?.arrayValue ?? []).compactMap(\.stringValue)),
            ends: held["ends"]?.intValue.map { Int64($0) },
            isDue: held["due"]?.intValue.map { Int64($0) }
        )
    }
}
