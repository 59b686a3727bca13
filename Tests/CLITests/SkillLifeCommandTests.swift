import JSONSchema
import TestSupport
import Testing

@Suite(
    "skillweaver skills new, pack, install, lock, verify, remove",
    .enabled(if: SkillWeaverCommand.isUsable, SkillWeaverCommand.absence)
)
struct SkillLifeCommandTests {
    @Test("a skill is made, packed, installed, locked, changed, verified and removed")
    func life() async throws {
        try await withSkillWeaver { skillweaver, folder in
            let made = try await skillweaver("skills", "new", "word-count", "--into", folder, "--json")
            #expect(made.code == 0, "\(made.errors)")
            #expect(try made.json["folder"]?.stringValue == "\(folder)/word-count")
            #expect(try await skillweaver("skills", "new", "word-count", "--into", folder).code == 1)
            let archive = "\(folder)/word-count.skill"
            let packed = try await skillweaver("skills", "pack", "\(folder)/word-count", "--out", archive, "--json")
            #expect(packed.code == 0, "\(packed.errors)")
            let installed = try await skillweaver("skills", "install", archive, "--json")
            #expect(installed.code == 0, "\(installed.errors)")
            let place = try #require(try installed.json["folder"]?.stringValue)
            #expect(place.hasPrefix(skillweaver.home))
            let again = try await skillweaver("skills", "install", archive, "--json")
            #expect(again.code == 1)
            #expect(again.error?["code"] == "skill-conflict")
            #expect(try await skillweaver("skills", "install", archive, "--replace").code == 0)

            let lock = "\(folder)/skills.lock"
            #expect(try await skillweaver("skills", "lock", place, "--file", lock).code == 0)
            #expect(try await skillweaver("skills", "verify", "--file", lock).code == 0)
            try write("print()\n", to: "\(place)/tools.py")
            let changed = try await skillweaver("skills", "verify", "--file", lock, "--json")
            #expect(changed.code == 1)
            #expect(try changed.json["changed"]?.arrayValue?.first?["changed_files"] == ["tools.py"])
            #expect(try await skillweaver("skills", "remove", "word-count").code == 0)
            #expect(try await skillweaver("skills", "remove", "word-count").code == 1)
        }
    }

    @Test("an option of git in the place of a source is no source")
    func option() async throws {
        try await withSkillWeaver { skillweaver, _ in
            #expect(try await skillweaver("skills", "install", "--upload-pack=touch /tmp/x").code == 2)
            let behind = try await skillweaver("skills", "install", "--json", "--", "--upload-pack=touch /tmp/x")
            #expect(behind.code == 2)
            #expect(behind.error?["code"] == "skill-usage")
        }
    }
}

@Suite(
    "skillweaver trust, skills test, check and export",
    .enabled(if: SkillWeaverCommand.isUsable, SkillWeaverCommand.absence)
)
struct SkillTrustCommandTests {
    @Test("a project's skill is listed, left out until it is trusted, indexed then, and left out again when it changes")
    func project() async throws {
        try await withSkillWeaver { skillweaver, folder in
            let project = "\(folder)/project"
            let made = try await skillweaver("skills", "new", "word-count", "--into", "\(project)/.agents/skills")
            #expect(made.code == 0, "\(made.errors)")
            let inside = SkillWeaverCommand(home: skillweaver.home, workingDirectory: project)
            func state() async throws -> String? {
                try await inside("skills", "list", "--project", "--json").json["skills"]?.arrayValue?.first?["trust"]?
                    .stringValue
            }
            #expect(try await state() == "untrusted")
            let refused = try await inside("index", "--project", "--json")
            #expect(refused.code == 1)
            #expect(refused.error?["code"] == "nothing-trusted")
            #expect(try await skillweaver("trust", project).code == 0)
            #expect(try await state() == "trusted")
            let indexed = try await inside("index", "--project")
            #expect(indexed.code == 0, "\(indexed.errors)")
            let found = try await inside("skills", "list", "--library", "project", "--json").json["skills"]?.arrayValue
            #expect(found?.map { $0["name"] } == ["word-count"])
            try write("print()\n", to: "\(project)/.agents/skills/word-count/tools.py")
            #expect(try await state() == "changed")
            #expect(try await inside("index", "--project").code == 1)
        }
    }

    @Test("a skill is tested, checked and exported")
    func tested() async throws {
        try await withSkillWeaver { skillweaver, folder in
            _ = try await skillweaver("skills", "new", "word-count", "--into", folder)
            let skill = "\(folder)/word-count"
            let passed = try await skillweaver("skills", "test", skill, "--sandbox", "off", "--json")
            #expect(passed.code == 0, "\(passed.output) \(passed.errors)")
            #expect(try passed.json["passed"] == true)
            try write("def count_words(text):\n    return {}\n", to: "\(skill)/tools.py")
            let failed = try await skillweaver("skills", "test", skill, "--sandbox", "off", "--json")
            #expect(failed.code == 1)
            #expect(try await skillweaver("skills", "check", skill).code == 0)
            let exported = try await skillweaver("skills", "export", skill, "--to", "openai")
            #expect(try exported.json.arrayValue?.count == 1)
            #expect(try await skillweaver("skills", "export", "csv-parser", "--to", "mcp").code == 0)
            #expect(
                try await skillweaver("skills", "export", skill, "--to", "agent-skills", "--out", "\(folder)/out").code
                    == 0
            )
            #expect(try await skillweaver("skills", "validate", "\(folder)/out/word-count").code == 0)
        }
    }
}
