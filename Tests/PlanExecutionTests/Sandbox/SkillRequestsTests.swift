import PlanExecution
import SkillCatalog
import TestSupport
import Testing

@Suite("What a skill asks for")
struct SkillRequestsTests {
    private func skill(_ metadata: [String: String]) -> Skill {
        Skill(
            id: "s",
            name: "s",
            description: "",
            metadata: metadata,
            origin: SkillOrigin(source: "test", file: "SKILL.md")
        )
    }

    @Test("is read from its metadata, and compared with what it has")
    func reading() {
        let metadata = [
            "network": "api.example.org:443, *.example.com", "read-paths": "/data", "write-paths": "/out /more",
            "environment": "TOKEN",
        ]
        let requests = SkillRequests(skill(metadata))
        #expect(requests.grant.network == [.host("api.example.org", port: 443), .host("*.example.com", port: nil)])
        #expect(requests.unreadable.isEmpty)
        let given = SkillGrant(network: [.host("*.example.com", port: nil)], writablePaths: ["/out", "/data"])
        let missing = requests.missing(in: given)
        #expect(missing.network == [.host("api.example.org", port: 443)])
        #expect(missing.readablePaths.isEmpty && missing.writablePaths == ["/more"])
        #expect(missing.environment == ["TOKEN"])
        #expect(requests.missing(in: requests.grant) == SkillGrant())
    }

    @Test("is said readably by the bundled skills: those that reach out ask for it, the others for nothing")
    func bundledSkills() async throws {
        var requests: [String: SkillRequests] = [:]
        try await AgentSkillsFolder(path: PackageRoot.path("Skills")).read { record in
            if case .skill(let skill) = record { requests[skill.name] = SkillRequests(skill) }
        }
        #expect(requests.count == 15)
        #expect(requests.values.flatMap(\.unreadable) == [])
        let reaching = requests.filter { $0.value.grant.network.contains(.publicNetwork) }.keys.sorted()
        #expect(reaching == ["api-client", "database", "email", "git", "http-fetch", "web"])
        #expect(requests["email"]?.grant.environment.contains("EMAIL_PASSWORD") == true)
        #expect(requests["csv-parser"]?.grant == SkillGrant())
    }

    @Test("may be nothing, or nonsense, which is shown")
    func nonsense() {
        #expect(SkillRequests(skill([:])).grant == SkillGrant())
        let requests = SkillRequests(skill(["network": "http://x", "read-paths": "relative"]))
        #expect(requests.grant == SkillGrant() && requests.unreadable == ["http://x", "relative"])
    }
}
