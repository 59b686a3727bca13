import FoundationEssentials
package import HTTPTransport
public import PlanExecution
public import SkillCatalog

/// Calls the operations of OpenAPI documents, within the grants of their skills.
///
/// A skill reaches the hosts that are granted to it and sees the environment variables that are granted to it, and no
/// others; secrets go over https, or to this machine.
public struct OpenAPIInvoker: ToolInvoker {
    private let grants: ToolGrants
    private let environment: [String: String]
    private let client: any HTTPClient

    /// - Parameter environment: the host's variables; nil for this process's own.
    /// - Throws: where a variable names a proxy that cannot be used.
    public init(grants: ToolGrants, environment: [String: String]? = nil) throws {
        let environment = environment ?? ProcessInfo.processInfo.environment
        let options = try HTTPClientOptions(environment: { environment[$0] })
        self.init(grants: grants, environment: environment, client: CurlHTTPClient(options: options))
    }

    package init(grants: ToolGrants, environment: [String: String], client: any HTTPClient) {
        self.grants = grants
        self.environment = environment
        self.client = client
    }

    public func canInvoke(_ tool: Tool, of skill: Skill) -> Bool { HTTPToolRecord.exists(for: tool, of: skill) }

    public func server(of tool: Tool, of skill: Skill) -> String? {
        HTTPToolRecord.operation(of: tool, of: skill)
            .flatMap { try? HTTPURL(String($0.template.prefix { $0 != "{" })) }.map(\.origin)
    }

    public func invoke(_ call: ToolCall) async throws(ToolFailure) -> ToolResult {
        let name = call.qualifiedName
        guard let operation = HTTPToolRecord.operation(of: call.tool, of: call.skill) else {
            throw ToolFailure(
                .permanent,
                code: "no-invoker",
                "how \(name) is called was not understood; index it again"
            )
        }
        let grant = grants[call.skill.id]
        let variables = environment.filter { grant.environment.contains($0.key) }
        try checkSecrecy(operation, variables, name)
        let invoker = HTTPInvoker(
            [name: operation],
            client: client,
            environment: variables,
            network: grant.network
        )
        return try await invoker.invoke(call)
    }

    private func checkSecrecy(
        _ operation: HTTPOperation,
        _ variables: [String: String],
        _ name: String
    ) throws(ToolFailure) {
        let sendsSecret = operation.authorizations.contains { way in
            !way.isEmpty && way.allSatisfy { variables[$0.variable]?.isEmpty == false }
        }
        guard sendsSecret, let url = try? HTTPURL(operation.template.prefix { $0 != "{" }.description) else { return }
        guard url.scheme == .http, !url.isLoopback else { return }
        throw ToolFailure(
            .policy,
            code: "insecure",
            "\(name) would send a secret to \(url.origin) unencrypted; give the API an https address"
        )
    }
}
