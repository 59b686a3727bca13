import FoundationEssentials
package import HTTPTransport
import JSONSchema
package import SkillCatalog

/// Calls operations of HTTP APIs.
///
/// The result is the answer's JSON, or `{"text": …}` for a text; redirects are followed within the same server only, so
/// that a secret never leaves it.
package struct HTTPInvoker: ToolInvoker {
    private let operations: [String: HTTPOperation]
    private let client: any HTTPClient
    private let environment: [String: String]
    private let network: [NetworkGrant]?

    /// - Parameters:
    ///   - operations: by `skill.tool`, with the skill's id.
    ///   - environment: where the secrets of authorizations come from.
    ///   - network: what may be connected to; nil for everything.
    package init(
        _ operations: [String: HTTPOperation],
        client: any HTTPClient,
        environment: [String: String],
        network: [NetworkGrant]? = nil
    ) {
        self.network = network
        self.operations = operations
        self.client = client
        self.environment = environment
    }

    package func canInvoke(_ tool: Tool, of skill: Skill) -> Bool { operations["\(skill.id).\(tool.name)"] != nil }

    package func server(of tool: Tool, of skill: Skill) -> String? {
        operations["\(skill.id).\(tool.name)"]?.origin
    }

    package func invoke(_ call: ToolCall) async throws(ToolFailure) -> ToolResult {
        let name = call.qualifiedName
        guard let operation = operations[name] else {
            throw ToolFailure(.permanent, code: "no-invoker", "no operation is known for \(name)")
        }
        let credentials = try credentials(for: operation, name)
        let limits = HTTPLimits(
            idleTimeout: call.limits.deadline,
            totalTimeout: call.limits.deadline,
            maximumBodyBytes: call.limits.maximumResultBytes
        )
        var request = try operation.request(
            call.arguments,
            idempotencyKey: call.idempotencyKey,
            credentials: credentials,
            limits: limits
        )
        request.addressCheck = try network?.addressCheck(for: request.url)
        let isRepeatable = operation.method.isIdempotent || call.tool.annotations.isRepeatable
        let response = try await send(request, name, isRepeatable)
        let now = Int(Date().timeIntervalSince1970)
        if var failure = ToolFailure(response, name: name, isRepeatable: isRepeatable, now: now) {
            for (_, secret) in credentials { failure.message = Secret(secret).hidden(in: failure.message) }
            throw failure
        }
        return ToolResult(value: try Self.value(of: response, name))
    }

    /// The first way to be let in whose variables are set.
    private func credentials(
        for operation: HTTPOperation,
        _ name: String
    ) throws(ToolFailure) -> [(HTTPOperation.Authorization, secret: String)] {
        for way in operation.authorizations where !way.isEmpty {
            let parts = way.compactMap { part in
                environment[part.variable].flatMap { $0.isEmpty ? nil : (part, secret: $0) }
            }
            if parts.count == way.count { return parts }
        }
        guard let first = operation.authorizations.first, !operation.authorizations.contains(where: \.isEmpty) else {
            return []
        }
        let missing = first.map(\.variable).filter { environment[$0]?.isEmpty ?? true }
        throw ToolFailure(
            .policy,
            code: "secret-missing",
            "\(name) needs the environment variable \(missing.joined(separator: " and ")), which is not set"
                + " or not granted"
        )
    }

    private func send(_ request: HTTPRequest, _ name: String, _ isRepeatable: Bool) async throws(ToolFailure)
        -> HTTPResponse
    {
        do {
            return try await client.stream(request, following: HTTPRedirectPolicy(crossesOrigins: false)).collected()
        } catch let error as HTTPError {
            throw ToolFailure(error, name: name, isRepeatable: isRepeatable)
        } catch {
            let effect: ToolFailure.Effect = isRepeatable ? .none : .unknown
            throw ToolFailure(
                .cancelled,
                code: "cancelled",
                "\(name) was stopped because the call was cancelled",
                effect: effect
            )
        }
    }

    private static func value(of response: HTTPResponse, _ name: String) throws(ToolFailure) -> JSONValue {
        let type = response.headers.mediaType ?? ""
        if response.body.isEmpty { return nil }
        if type == "application/json" || type.hasSuffix("+json") || type.isEmpty {
            do throws(JSONSyntaxError) {
                return try JSONParser.parse(utf8: response.body)
            } catch  where !type.isEmpty {
                throw fault("result-not-json", "\(name): the answer is called \(type) but cannot be read: \(error)")
            } catch {}
        }
        guard let text = String(validating: response.body, as: UTF8.self) else {
            throw fault("result-not-utf8", "\(name): the answer is \(type), neither JSON nor text")
        }
        return ["text": .string(text)]
    }

    private static func fault(_ code: String, _ message: String) -> ToolFailure {
        ToolFailure(.permanent, code: code, message, effect: .unknown)
    }
}
