import FoundationEssentials
import JSONSchema
import PlanExecution
import SkillCatalog
import TestSupport
import Testing

@testable import SkillAuthoring

@Suite("Trust in the skills of a project")
struct TrustTests {
    private func withProject(_ body: (_ project: String, TrustStore) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let project = "\(folder)/project"
            for place in ProjectSkills.places {
                let name = "in-" + (place.split(separator: "/").first.map { $0.drop { $0 == "." } } ?? "x")
                try writeSkill(name, in: "\(project)/\(place)", files: ["tools.py": "def go():\n    return {}\n"])
            }
            try await body(try #require(RealFolder.of(project)), TrustStore(home: "\(folder)/home"))
        }
    }

    @Test("Skills of every place are listed, and none is trusted until it is said")
    func listing() async throws {
        try await withProject { project, store in
            let skills = ProjectSkills(store: store)
            var entries = try await skills.entries(in: project)
            #expect(entries.map(\.skill.name) == ["in-skillweaver", "in-agents", "in-skills"])
            #expect(entries.allSatisfy { $0.state == .untrusted })
            try await store.trust(entries[1].folder)
            entries = try await skills.entries(in: project)
            #expect(entries.map(\.state) == [.untrusted, .trusted, .untrusted])
        }
    }

    @Test(
        "Any change takes the trust away, and the old content brings it back",
        arguments: ["tools.py", "SKILL.md", ".hidden", "__pycache__/tools.cpython-311.pyc"]
    )
    func change(_ file: String) async throws {
        try await withProject { project, store in
            let folder = "\(project)/skills/in-skills"
            try await store.trust(folder)
            let before = try? text(of: "\(folder)/\(file)")
            try write("changed", to: "\(folder)/\(file)")
            #expect(try store.state(of: folder) == .changed)
            if let before {
                try write(before, to: "\(folder)/\(file)")
                #expect(try store.state(of: folder) == .trusted)
            }
            #expect(try await store.revoke(folder))
            #expect(try store.state(of: folder) == .untrusted)
            #expect(try await store.revoke(folder) == false)
        }
    }

    @Test("A skill with a link that leads out cannot be trusted", arguments: ["/etc/passwd", "../in-agents", "gone"])
    func links(_ target: String) async throws {
        try await withProject { project, store in
            try makeLink("\(project)/skills/in-skills/link", to: target)
            #expect(await kindOfError { try await store.trust("\(project)/skills/in-skills") } == .hostile)
        }
    }

    @Test("A damaged record of trust trusts nothing")
    func damaged() async throws {
        try await withProject { project, store in
            try await store.trust("\(project)/skills/in-skills")
            try write("[]", to: store.file)
            #expect(await kindOfError { _ = try store.state(of: "\(project)/skills/in-skills") } == .invalid)
            let entries = try await ProjectSkills(store: store).entries(in: project)
            #expect(entries.allSatisfy { $0.state == .untrusted })
        }
    }

    @Test("Calls of a project's skill are refused until it is trusted, and again when it changes")
    func gate() async throws {
        try await withProject { project, store in
            let folder = "\(project)/.agents/skills/in-agents"
            let skill = try #require(try await SkillFolders.skills(in: folder).first)
            let tool = Tool(name: "go", description: "")
            let call = ToolCall(skill: skill, tool: tool, arguments: [:], idempotencyKey: "1")
            let refusal = await #expect(throws: ToolFailure.self) { try await TrustGate(store: store).invoke(call) }
            #expect(refusal?.kind == .policy)
            #expect(refusal?.message.contains("skillweaver trust \(folder)") == true)
            #expect(TrustGate(store: store).canInvoke(tool, of: skill))
            try await store.trust(folder)
            #expect(!TrustGate(store: store).canInvoke(tool, of: skill))
            try write("def go():\n    return {'evil': 1}\n", to: "\(folder)/tools.py")
            #expect(TrustGate(store: store).canInvoke(tool, of: skill))
            // A skill that is nobody's project needs no trust.
            let own = Skill(
                id: "own",
                name: "own",
                description: "d",
                origin: SkillOrigin(
                    source: "s",
                    file: "\(project)/skills/in-skills/SKILL.md",
                    folder: "\(project)/skills/in-skills"
                )
            )
            #expect(!TrustGate(store: store).canInvoke(tool, of: own))
        }
    }
}
