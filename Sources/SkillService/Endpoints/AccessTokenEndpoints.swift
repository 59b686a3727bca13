import HTTPTransport
import JSONSchema

/// Tokens that let programs in.
enum AccessTokenEndpoints {
    static func all(_ store: AccessTokenStore) -> [Endpoint] {
        [
            Endpoint(
                method: .get,
                path: "/v1/access-tokens",
                operation: "listAccessTokens",
                summary: "The tokens of this installation, without their texts.",
                tag: "access",
                scope: .admin,
                answers: [.init(status: 200, summary: "All of them.", shape: .accessTokens)]
            ) { _ in .json(["tokens": .array(try await store.list().map(\.json))]) },
            Endpoint(
                method: .post,
                path: "/v1/access-tokens",
                operation: "createAccessToken",
                summary: "Makes a token; its text is in this answer and nowhere else.",
                tag: "access",
                scope: .admin,
                body: .init(schema: .accessTokenInput),
                answers: [.init(status: 201, summary: "The token.", shape: .accessToken)],
                problems: [409, 422]
            ) { call in
                let made = try await store.create(
                    name: call.text("name") ?? "",
                    scopes: Set(call.texts("scopes").compactMap(AccessScope.init)),
                    lifetime: call.number("expires_in_seconds").map(Int64.init)
                )
                var members = made.token.json.objectValue ?? [:]
                members["token"] = .string(made.secret.text)
                return .json(.object(members), status: 201)
            },
            Endpoint(
                method: .delete,
                path: "/v1/access-tokens/{id}",
                operation: "revokeAccessToken",
                summary: "Makes a token worthless at once.",
                tag: "access",
                scope: .admin,
                answers: [.init(status: 204, summary: "It is worthless now.")],
                problems: [404]
            ) { call in
                guard try await store.revoke(call.place("id")) else {
                    throw ServiceProblem(404, "unknown-token", "there is no token of that id")
                }
                return .nothing
            },
        ]
    }
}
