import HTTPTransport
import JSONSchema
import SkillHarness

/// Whether the service lives, whether it can be used, and what it is.
enum HealthEndpoints {
    static func all(_ resources: ServiceResources, isReady: @escaping @Sendable () -> Bool) -> [Endpoint] {
        [
            Endpoint(
                method: .get,
                path: "/healthz",
                operation: "getHealth",
                summary: "Whether the process lives.",
                tag: "service",
                answers: [.init(status: 200, summary: "It does.", shape: .health)]
            ) { _ in .json(["status": "ok"]) },
            Endpoint(
                method: .get,
                path: "/readyz",
                operation: "getReadiness",
                summary: "Whether requests are answered now.",
                tag: "service",
                answers: [
                    .init(status: 200, summary: "They are.", shape: .health),
                    .init(status: 503, summary: "Not yet, or no longer.", shape: .health),
                ]
            ) { _ in
                guard isReady() else { return .json(["status": "stopping"], status: 503) }
                return .json(["status": "ready", "libraries": JSONValue(resources.libraries.all.count)])
            },
            Endpoint(
                method: .get,
                path: "/v1/service",
                operation: "getService",
                summary: "What this service is, and what the caller may do.",
                tag: "service",
                scope: .library,
                answers: [.init(status: 200, summary: "What it is.", shape: .service)]
            ) { call in
                let uptime = (ContinuousClock.now - resources.started) / .milliseconds(100)
                return .json([
                    "name": "skillweaver", "version": .string(ProgramVersion.current),
                    "decomposer": .string(resources.decomposer), "uptime_seconds": .number(uptime.rounded() / 10),
                    "scopes": JSONValue(call.principal.scopes.sorted().map(\.rawValue)),
                    "authenticated": .bool(call.principal.isAuthenticated),
                    "drives_runs": .bool(resources.runs.isDriver),
                    "runs_driven": JSONValue(await resources.runs.count),
                ])
            },
        ]
    }
}
