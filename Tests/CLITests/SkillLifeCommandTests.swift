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
