import HTTPTransport
import JSONSchema
import Synchronization
import TestSupport

@testable import ModelContextProtocol

/// A server that wants a login and its authorization server, which can be told to misbehave.
final class ScriptedAuthority: Sendable {
    /// What tests change.
    struct Conduct: Sendable {
        /// Documents and endpoints that answer otherwise, by path; the first argument is the origin.
        var overrides: [String: @Sendable (String, HTTPServerRequest) -> HTTPServerResponse] = [:]
        /// Members of the authorization server's metadata that are other ones; null leaves one out.
        var metadata: JSONObject = [:]
        /// Members of the resource's metadata that are other ones.
        var resource: JSONObject = [:]
        /// Added to the answers browsers bring: `iss`.
        var issuerInAnswers: String?
        /// What the server wants of a token, in a challenge.
        var neededScope: String?
        /// Scopes every token allows, whatever was asked for.
        var grantsOnly: [String]?
        var namesMetadata = true
    }

    struct Seen: Sendable {
        var method: HTTPMethod
        var path: String
        var body: String
        var headers: HTTPHeaders
    }

    private struct State: Sendable {
        var conduct: Conduct
        var seen: [Seen] = []
        var codes: [String: (challenge: String, scope: String)] = [:]
        var access: [String: [String]] = [:]
        var refresh: Set<String> = []
        var count = 0
    }

    private let state: Mutex<State>
    private let http = Mutex<HTTPServer?>(nil)

    /// Begins every token, code and secret it gives: to be found where none belongs.
    static let plant = "planted-secret-"

    init(_ conduct: Conduct = Conduct()) throws {
        state = Mutex(State(conduct: conduct))
        let server = try HTTPServer { [weak self] request in
            self?.answer(request) ?? HTTPServerResponse(503)
        }
        http.withLock { $0 = server }
    }

    var origin: String { "http://127.0.0.1:\(http.withLock { $0?.port ?? 0 })" }
    var url: HTTPURL { get throws { try HTTPURL("\(origin)/mcp") } }
    var seen: [Seen] { state.withLock { $0.seen } }
    func requests(_ path: String) -> [Seen] { seen.filter { $0.path == path } }
    func change(_ edit: @Sendable (inout Conduct) -> Void) { state.withLock { edit(&$0.conduct) } }
    func forgetAccess() { state.withLock { $0.access = [:] } }
    func stop() async { await http.withLock { $0 }?.stop(grace: .seconds(1)) }

    private func answer(_ request: HTTPServerRequest) -> HTTPServerResponse {
        let path = String(request.rawPath)
        let origin = origin
        return state.withLock { state in
            state.seen.append(
                Seen(
                    method: request.method,
                    path: path,
                    body: String(decoding: request.body, as: UTF8.self),
                    headers: request.headers
                )
            )
            if let override = state.conduct.overrides[path] { return override(origin, request) }
            switch path {
            case "/mcp": return Self.serve(request, origin, &state)
            case "/.well-known/oauth-protected-resource/mcp":
                return Self.json(Self.merged(Self.resource(origin), state.conduct.resource))
            case "/.well-known/oauth-authorization-server":
                return Self.json(Self.merged(Self.metadata(origin), state.conduct.metadata))
            case "/register":
                return Self.json(
                    ["client_id": "client", "client_secret": .string("\(Self.plant)client")],
                    status: 201
                )
            case "/authorize": return Self.authorize(request, &state)
            case "/token": return Self.token(request, &state)
            default: return HTTPServerResponse(404)
            }
        }
    }

    private static func serve(_ request: HTTPServerRequest, _ origin: String, _ state: inout State)
        -> HTTPServerResponse
    {
        let token = request.headers["Authorization"].map { String($0.dropFirst("Bearer ".count)) }
        var challenge = "Bearer"
        if state.conduct.namesMetadata {
            challenge += " resource_metadata=\"\(origin)/.well-known/oauth-protected-resource/mcp\""
        }
        let needed = state.conduct.neededScope
        if let needed { challenge += "\(challenge == "Bearer" ? " " : ", ")scope=\"\(needed)\"" }
        guard let token, let scopes = state.access[token] else {
            return HTTPServerResponse(401, headers: ["WWW-Authenticate": challenge])
        }
        guard Set(needed?.split(separator: " ").map(String.init) ?? []).isSubset(of: scopes) else {
            return HTTPServerResponse(403, headers: ["WWW-Authenticate": challenge + ", error=\"insufficient_scope\""])
        }
        return json(["jsonrpc": "2.0", "id": 1, "result": [:]])
    }

    private static func authorize(_ request: HTTPServerRequest, _ state: inout State) -> HTTPServerResponse {
        let fields = Dictionary((request.queryItems ?? []).map { ($0.name, $0.value) }) { first, _ in first }
        state.count += 1
        let code = "\(plant)code-\(state.count)"
        state.codes[code] = (fields["code_challenge"] ?? "", fields["scope"] ?? "")
        var answer = [("code", code), ("state", fields["state"] ?? "")]
        if let issuer = state.conduct.issuerInAnswers { answer.append(("iss", issuer)) }
        let location = "\(fields["redirect_uri"] ?? "")?\(FormText.encode(answer))"
        return HTTPServerResponse(302, headers: ["Location": location])
    }

    private static func token(_ request: HTTPServerRequest, _ state: inout State) -> HTTPServerResponse {
        let form = HTTPServerRequest(method: .get, target: "/?\(String(decoding: request.body, as: UTF8.self))")
        let fields = Dictionary((form.queryItems ?? []).map { ($0.name, $0.value) }) { first, _ in first }
        func refuse() -> HTTPServerResponse { json(["error": "invalid_grant"], status: 400) }
        var scopes: [String] = []
        switch fields["grant_type"] {
        case "authorization_code":
            guard let (challenge, scope) = state.codes.removeValue(forKey: fields["code"] ?? ""),
                Base64Text.encodeForAddress(TextDigest.sha256(fields["code_verifier"] ?? "")) == challenge
            else { return refuse() }
            scopes = scope.split(separator: " ").map(String.init)
        case "refresh_token":
            guard state.refresh.remove(fields["refresh_token"] ?? "") != nil else { return refuse() }
        default: return refuse()
        }
        scopes = state.conduct.grantsOnly ?? scopes
        state.count += 1
        let (access, refresh) = ("\(plant)access-\(state.count)", "\(plant)refresh-\(state.count)")
        state.access[access] = scopes
        state.refresh.insert(refresh)
        return json([
            "access_token": .string(access), "token_type": "Bearer", "expires_in": 3_600,
            "refresh_token": .string(refresh), "scope": .string(scopes.joined(separator: " ")),
        ])
    }

    private static func resource(_ origin: String) -> JSONObject {
        [
            "resource": .string("\(origin)/mcp"), "authorization_servers": [.string(origin)],
            "scopes_supported": ["read"],
        ]
    }

    private static func metadata(_ origin: String) -> JSONObject {
        [
            "issuer": .string(origin), "authorization_endpoint": .string("\(origin)/authorize"),
            "token_endpoint": .string("\(origin)/token"), "registration_endpoint": .string("\(origin)/register"),
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
        ]
    }

    private static func merged(_ members: JSONObject, _ others: JSONObject) -> JSONValue {
        var members = members
        for (name, value) in others { members[name] = value == .null ? nil : value }
        return .object(members)
    }

    static func json(_ value: JSONValue, status: HTTPStatus = 200) -> HTTPServerResponse {
        HTTPServerResponse(status, "application/json", value.serialized())
    }
}

/// Runs a piece of test beside such a server and a folder for tokens.
func withScriptedAuthority(
    _ conduct: ScriptedAuthority.Conduct = ScriptedAuthority.Conduct(),
    body: (ScriptedAuthority, _ folder: String) async throws -> Void
) async throws {
    let authority = try ScriptedAuthority(conduct)
    do {
        try await withTemporaryFolder { try await body(authority, $0) }
        await authority.stop()
    } catch {
        await authority.stop()
        throw error
    }
}
