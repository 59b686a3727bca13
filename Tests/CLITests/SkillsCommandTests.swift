import JSONSchema
import TestSupport
import Testing

@Suite("skillweaver skills, doctor and help", .enabled(if: SkillWeaverCommand.isUsable, SkillWeaverCommand.absence))
struct SkillsCommandTests {
    @Test("lists and shows the bundled skills")
    func listing() async throws {
        try await withSkillWeaver { skillweaver, _ in
            let list = try await skillweaver("skills", "list", "--json").json["skills"]?.arrayValue ?? []
            let ids = Set(list.compactMap { $0["id"]?.stringValue })
            #expect(ids.isSuperset(of: PackageRoot.bundledSkills))
            #expect(ids.isSuperset(of: ["http-fetch", "etl-pipeline", "chart-gen"]))
            let git = try await skillweaver("skills", "show", "git", "--json").json
            #expect(git["tools"]?.arrayValue?.isEmpty == false)
        }
    }

    @Test("suggests the nearest name for a skill that is not there")
    func unknownSkill() async throws {
        try await withSkillWeaver { skillweaver, _ in
            let outcome = try await skillweaver("skills", "show", "chart-gne", "--json")
            #expect(outcome.code == 1)
            #expect(outcome.error?["hint"]?.stringValue?.contains("chart-gen") == true)
        }
    }

    @Test("finds every bundled skill valid, and a broken one invalid with file and line")
    func validation() async throws {
        try await withSkillWeaver { skillweaver, folder in
            for skill in PackageRoot.bundledSkills {
                let outcome = try await skillweaver("skills", "validate", PackageRoot.path("Skills/\(skill)"), "--json")
                #expect(outcome.code == 0, "\(outcome.output)")
            }
            try write("---\nname: Bad_Name\n---\n", to: "\(folder)/bad/SKILL.md")
            let broken = try await skillweaver("skills", "validate", "\(folder)/bad", "--json")
            #expect(broken.code == 1)
            #expect(try broken.json["valid"] == false)
        }
    }

    @Test("tells what it found")
    func doctor() async throws {
        try await withSkillWeaver { skillweaver, _ in
            let outcome = try await skillweaver("doctor", "--json")
            #expect(outcome.code == 0)
            #expect(try outcome.json["ok"] == true)
        }
    }

    @Test("tells what is missing, and how to get it")
    func doctorWithoutEncoder() async throws {
        try await withSkillWeaver { skillweaver, folder in
            var broken = skillweaver
            broken.environment["SKILLWEAVER_ENCODER"] = "\(folder)/nowhere"
            let outcome = try await broken("doctor", "--json")
            #expect(outcome.code == 1)
            let route = try await broken("route", "read a file", "--json")
            #expect(route.code == 1)
            #expect(route.error?["code"] == "encoder-unavailable")
        }
    }

    @Test(
        "explains every command, and exits 0",
        arguments: [
            ["--help"], ["index", "--help"], ["search", "--help"], ["route", "--help"], ["skills", "--help"],
            ["skills", "list", "--help"], ["skills", "show", "--help"], ["skills", "validate", "--help"],
            ["doctor", "--help"],
            ["help", "skills", "show"], ["completion", "bash"], ["completion", "zsh"], ["--version"],
        ]
    )
    func help(arguments: [String]) async throws {
        try await withSkillWeaver { skillweaver, _ in
            let outcome = try await skillweaver.run(arguments)
            #expect(outcome.code == 0)
            #expect(!outcome.output.isEmpty)
            #expect(outcome.errors.isEmpty)
        }
    }
}
