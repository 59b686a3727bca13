import FoundationEssentials
import TestSupport
import Testing

@testable import SkillAuthoring

@Suite("Lock files")
struct SkillLockTests {
    private func lock(_ folder: String) async throws -> [LockedSkill] {
        let found = try await SkillFolders.skills(in: "\(folder)/skills")
        return try SkillLock.skills(found, base: folder) { place throws(AuthoringError) in
            try InstallRecords(folder: place)
        }
    }

    @Test(
        "The hash is what its documentation says, computed by other means",
        .enabled(if: InstalledProgram.exists("python3"))
    )
    func documented() async throws {
        try await withTemporaryFolder { folder in
            try write("hello", to: "\(folder)/a/SKILL.md")
            try write("#!/bin/sh\n", to: "\(folder)/a/scripts/run.sh")
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755],
                ofItemAtPath: "\(folder)/a/scripts/run.sh"
            )
            try makeLink("\(folder)/a/link", to: "SKILL.md")
            try await HostileArchive.make(
                """
                import hashlib
                sha = lambda data: hashlib.sha256(data).hexdigest()
                listing = "skillweaver-content-1\\n"
                listing += f"- {sha(b'hello')}  SKILL.md\\n"
                listing += f"l {sha(b'SKILL.md')}  link\\n"
                listing += "x " + sha(b'#!/bin/sh\\n') + "  scripts/run.sh\\n"
                open(out, "w").write("sha256:" + sha(listing.encode()))
                """,
                at: "\(folder)/hash"
            )
            #expect(try FolderHash.of("\(folder)/a").text == text(of: "\(folder)/hash"))
        }
    }

    @Test("A lock survives writing and reading, with sources and versions")
    func roundTrip() async throws {
        try await withTemporaryFolder { folder in
            try write(
                "---\nname: a\ndescription: d\nmetadata:\n  version: \"2.1\"\n---\n",
                to: "\(folder)/upstream/a/SKILL.md"
            )
            let installer = SkillInstaller(destination: "\(folder)/skills") { _ in nil }
            _ = try await installer.install(.folder("\(folder)/upstream/a"))
            let lock = SkillLock(roots: ["skills"], skills: try await lock(folder))
            try lock.write(to: "\(folder)/skills.lock")
            let read = try SkillLock(file: "\(folder)/skills.lock")
            #expect(read == lock)
            #expect(read.skills.map(\.path) == ["skills/a"])
            #expect(read.skills.first?.version == "2.1")
            #expect(read.skills.first?.source == "\(folder)/upstream/a")
        }
    }

    @Test("Every kind of change is found, down to the file")
    func changes() async throws {
        try await withTemporaryFolder { folder in
            let skills = "\(folder)/skills"
            for name in ["same", "text", "right", "more", "gone"] {
                try writeSkill(name, in: skills, files: ["tools.py": "x", "data.txt": "y"])
            }
            let before = try await lock(folder)
            #expect(LockComparison(locked: before, present: try await lock(folder)).isEqual)
            try write("changed", to: "\(skills)/text/tools.py")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(skills)/right/tools.py")
            try write("z", to: "\(skills)/more/__pycache__/tools.cpython-311.pyc")
            try FileManager.default.removeItem(atPath: "\(skills)/more/data.txt")
            try FileManager.default.removeItem(atPath: "\(skills)/gone")
            try writeSkill("new", in: skills)
            let found = LockComparison(locked: before, present: try await lock(folder))
            #expect(found.added == ["skills/new"])
            #expect(found.missing == ["skills/gone"])
            #expect(found.unchanged == 1)
            #expect(found.changed.map(\.path) == ["skills/more", "skills/right", "skills/text"])
            #expect(found.changed.map(\.changedFiles) == [[], ["tools.py"], ["tools.py"]])
            #expect(found.changed.first?.addedFiles == ["__pycache__/tools.cpython-311.pyc"])
            #expect(found.changed.first?.missingFiles == ["data.txt"])
        }
    }

    @Test("A lock file that was tampered with is not believed", arguments: ["tools.py", "\"- ", "skillweaver-lock-1"])
    func tampered(_ word: String) async throws {
        try await withTemporaryFolder { folder in
            try writeSkill("a", in: "\(folder)/skills", files: ["tools.py": "x"])
            try SkillLock(roots: ["skills"], skills: try await lock(folder)).write(to: "\(folder)/skills.lock")
            let written = try text(of: "\(folder)/skills.lock")
            #expect(written.contains(word))
            try write(written.replacing(word, with: word == "\"- " ? "\"x " : "other"), to: "\(folder)/skills.lock")
            #expect(await kindOfError { _ = try SkillLock(file: "\(folder)/skills.lock") } == .invalid)
        }
    }
}
