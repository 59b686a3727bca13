import FoundationEssentials
import JSONSchema
import TestSupport
import Testing

@Suite(
    "A request over real servers",
    .enabled(if: RealServers.areInstalled, RealServers.absence)
)
struct RealServerRouteTests {
    private static let request = "what time is it in Tokyo and what changed in this repository's last three commits"

    private static func configuration(_ servers: [String: JSONValue]) -> String {
        JSONValue.object(["mcpServers": .object(JSONObject(servers.map { ($0.key, $0.value) }))]).serialized()
    }

    private static func server(_ command: String, _ arguments: [String] = []) -> JSONValue {
        ["command": .string(command), "args": JSONValue(arguments), "skillweaver": ["trusted": true]]
    }

    @Test(
        "is routed and run through git and time side by side, and nothing has to be asked",
        .timeLimit(.minutes(3 * Sanitizer.patience))
    )
    func runs() async throws {
        try await withTemporaryFolder { folder in
            let repository = "\(folder)/repository"
            try await RealServers.repository(at: repository, commits: 4)
            let file = "\(folder)/servers.json"
            let servers = ["git": Self.server(RealServers.git), "time": Self.server(RealServers.time)]
            try write(Self.configuration(servers), to: file)
            let gateway = ["--config", file, "--workspace", repository]
            let home = "\(folder)/home"

            let answer = try await RealServers.call(
                "plan_request",
                ["request": .string(Self.request), "detail": "full"],
                of: gateway,
                home: home
            )
            let plan = try #require(answer["plan"])
            let steps = try #require(plan["steps"]?.arrayValue)
            #expect(steps.map { $0["tool"] } == ["get_current_time", "git_log"])
            #expect(steps.allSatisfy { $0["depends_on"] == [] }, "\(plan)")
            #expect(steps.first?["arguments"] == ["timezone": "Asia/Tokyo"])
            #expect(steps.last?["arguments"]?["max_count"] == 3)
            #expect(plan["questions"] == [])
            #expect(plan["decomposition"]?["calls"] == 0, "no language model is asked")

            let run = try await RealServers.call("run_plan", ["plan": plan], of: gateway, home: home)
            let done = try #require(run["steps"]?.arrayValue)
            #expect(run["phase"] == "succeeded", "\(run)")
            #expect(done.map { $0["state"] } == ["succeeded", "succeeded"])
            #expect(done.first?["result"]?["timezone"] == "Asia/Tokyo")
            let log = done.last?["result"]?.stringValue ?? ""
            #expect(
                ["Change 4", "Change 3", "Change 2"].allSatisfy(log.contains) && !log.contains("Change 1"),
                "\(log)"
            )
        }
    }

    @Test(
        "finds the right tool of its server, whether it asks or wants something changed",
        .timeLimit(.minutes(3 * Sanitizer.patience))
    )
    func choosesTools() async throws {
        try await withSkillWeaver { skillweaver, folder in
            let file = "\(folder)/servers.json"
            let servers = [
                "git": Self.server(RealServers.git), "time": Self.server(RealServers.time),
                "fetch": Self.server(RealServers.fetch),
                "sqlite": Self.server(RealServers.sqlite, ["--db-path", "\(folder)/test.db"]),
                "files": Self.server(RealServers.python, ["-c", RealServers.files]),
            ]
            try write(Self.configuration(servers), to: file)
            let home = "\(folder)/home"
            let indexed = try await skillweaver("mcp", "--config", file, "--home", home)
            #expect(indexed.code == 0, "\(indexed.errors)")
            let library = try #require(try FileManager.default.contentsOfDirectory(atPath: "\(home)/libraries").first)

            for (requests, least) in [
                (ServerRequest.seen, 14), (ServerRequest.tried, 9), (ServerRequest.heldOut, 11),
            ] {
                let lines = requests.map { JSONValue.object(["id": "r", "query": .string($0.text)]).serialized() }
                let routed = try await skillweaver.run(
                    ["route", "--batch", "-", "--library", library, "--home", home, "--json"],
                    input: lines.joined(separator: "\n")
                )
                let plans = try routed.lines
                try #require(plans.count == requests.count, "\(routed.errors)")
                let wrong = zip(requests, plans).compactMap { request, plan -> String? in
                    let tools = (plan["steps"]?.arrayValue ?? []).map { step in
                        "\(step["skill"]?.stringValue ?? "").\(step["tool"]?.stringValue ?? "")"
                    }
                    return request.isServed(by: tools) ? nil : "\(request.text): \(tools.joined(separator: ", "))"
                }
                #expect(requests.count - wrong.count >= least, "\(wrong.joined(separator: "\n"))")
            }
        }
    }
}
