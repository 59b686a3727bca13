import SkillCatalog
import TestSupport
import Testing

@testable import SkillAuthoring

@Suite("Installing and removing skills")
struct SkillInstallerTests {
    private func installer(_ folder: String, limits: ContentLimits = ContentLimits()) -> SkillInstaller {
        SkillInstaller(destination: "\(folder)/skills", environment: { _ in nil }, limits: limits)
    }

    @Test("Two sources with one name: the second is refused, unless it is to replace the first")
    func conflict() async throws {
        try await withTemporaryFolder { folder in
            try writeSkill("a", in: "\(folder)/one", files: ["x": "1"])
            try writeSkill("a", in: "\(folder)/two", files: ["x": "2"])
            _ = try await installer(folder).install(.folder("\(folder)/one/a"))
            let error = await #expect(throws: AuthoringError.self) {
                _ = try await installer(folder).install(.folder("\(folder)/two/a"))
            }
            #expect(error?.kind == .conflict)
            #expect(error?.message.contains("\(folder)/one/a") == true)
            #expect(try text(of: "\(folder)/skills/a/x") == "1")
            let outcome = try await installer(folder).install(
                .folder("\(folder)/two/a"),
                policy: .init(replaces: true)
            )
            #expect(outcome.hasReplaced)
            #expect(try text(of: "\(folder)/skills/a/x") == "2")
            #expect(names(in: "\(folder)/skills") == [InstallRecords.fileName, FolderLock.fileName, "a"])
            #expect(try InstallRecords(folder: "\(folder)/skills")["a"]?.source == "\(folder)/two/a")
        }
    }

    @Test("The plain form is installed under the name of its folder, or the one that is given")
    func plainForm() async throws {
        try await withTemporaryFolder { folder in
            try write("# Sort numbers\n", to: "\(folder)/sorting/SKILL.md")
            let first = try await installer(folder).install(.folder("\(folder)/sorting"))
            #expect(first.skill.name == "sorting")
            let second = try await installer(folder).install(.folder("\(folder)/sorting"), named: "sorter")
            #expect(second.skill.name == "sorter")
            #expect(second.skill.description == "Sort numbers")
        }
    }

    @Test(
        "A skill that breaks rules but can be used is installed with warnings, and refused when strictness is asked for"
    )
    func lenient() async throws {
        try await withTemporaryFolder { folder in
            try write("---\nname: a\ndescription: d\nversion: 1\n---\n", to: "\(folder)/a/SKILL.md")
            let strict = await kindOfError {
                _ = try await installer(folder).install(.folder("\(folder)/a"), policy: .init(isStrict: true))
            }
            #expect(strict == .invalid)
            let outcome = try await installer(folder).install(.folder("\(folder)/a"))
            #expect(outcome.diagnostics.map(\.code) == ["unknown-field"])
            #expect(outcome.diagnostics.first?.file == "a/SKILL.md")
        }
    }

    struct Unusable: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var document: String
    }

    @Test(
        "What is no usable skill is refused with the reason, and nothing is put in place",
        arguments: [
            Unusable(testDescription: "no description", document: "---\nname: a\n---\n"),
            Unusable(testDescription: "no heading", document: "text\n"),
            Unusable(testDescription: "empty", document: ""),
            Unusable(
                testDescription: "aliases without end",
                document: "---\nname: a\ndescription: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n---\n"
            ),
            Unusable(
                testDescription: "an alias of itself",
                document: "---\nname: a\ndescription: &d {d: *d}\n---\n"
            ),
            Unusable(
                testDescription: "a front matter bomb of nesting",
                document: "---\nname: a\ndescription: \(String(repeating: "[", count: 5000))\n---\n"
            ),
            Unusable(
                testDescription: "a front matter of half a megabyte",
                document: "---\nname: a\ndescription: \(String(repeating: "x ", count: 250_000))\n---\n"
            ),
            Unusable(
                testDescription: "a SKILL.md of ten megabytes",
                document: "---\nname: a\ndescription: d\n---\n" + String(repeating: "text text\n", count: 1_000_000)
            ),
        ]
    )
    func unusable(_ example: Unusable) async throws {
        try await withTemporaryFolder { folder in
            try write(example.document, to: "\(folder)/a/SKILL.md")
            let kind = await kindOfError { _ = try await installer(folder).install(.folder("\(folder)/a")) }
            #expect(kind == .invalid)
            #expect(names(in: "\(folder)/skills") == [])
        }
    }

    @Test("Names that could lead elsewhere are refused", arguments: ["../a", "a/b", ".a", "-a", "", "a\u{1B}b", "/a"])
    func unusableName(_ name: String) async throws {
        try await withTemporaryFolder { folder in
            try writeSkill("a", in: folder)
            let installing = await kindOfError {
                _ = try await installer(folder).install(.folder("\(folder)/a"), named: name)
            }
            #expect(installing == .usage)
            #expect(await kindOfError { _ = try await installer(folder).remove(name) } == .usage)
        }
    }

    @Test("Sources that are none are told apart")
    func sources() async throws {
        try await withTemporaryFolder { folder in
            try write("x", to: "\(folder)/notes.txt")
            #expect(await kindOfError { _ = try InstallSource("--upload-pack=x") } == .usage)
            #expect(await kindOfError { _ = try InstallSource("") } == .usage)
            #expect(await kindOfError { _ = try InstallSource("\(folder)/notes.txt") } == .usage)
            #expect(await kindOfError { _ = try InstallSource("\(folder)/nowhere") } == .missing)
            #expect(await kindOfError { _ = try InstallSource("https://example.org/a.zip") } == .usage)
            #expect(await kindOfError { _ = try InstallSource("ext::sh -c x") } == .usage)
        }
    }

    @Test("A removed skill is gone with its record; what is no skill is not removed")
    func removal() async throws {
        try await withTemporaryFolder { folder in
            try writeSkill("a", in: folder)
            _ = try await installer(folder).install(.folder("\(folder)/a"))
            try write("x", to: "\(folder)/skills/notes/x.txt")
            #expect(await kindOfError { _ = try await installer(folder).remove("notes") } == .missing)
            #expect(await kindOfError { _ = try await installer(folder).remove("b") } == .missing)
            #expect(try await installer(folder).remove("a") == "\(folder)/skills/a")
            #expect(names(in: "\(folder)/skills") == [InstallRecords.fileName, FolderLock.fileName, "notes"])
            #expect(try InstallRecords(folder: "\(folder)/skills")["a"] == nil)
        }
    }

    @Test("Skills that are installed and removed at the same time are all recorded as they are")
    func together() async throws {
        try await withTemporaryFolder { folder in
            for number in 0..<12 { try writeSkill("skill-\(number)", in: "\(folder)/source") }
            let installer = installer(folder)
            for number in 0..<3 { _ = try await installer.install(.folder("\(folder)/source/skill-\(number)")) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 3..<12 {
                    group.addTask { _ = try await installer.install(.folder("\(folder)/source/skill-\(number)")) }
                }
                for number in 0..<3 { group.addTask { _ = try await installer.remove("skill-\(number)") } }
                try await group.waitForAll()
            }
            let records = try InstallRecords(folder: "\(folder)/skills")
            for number in 0..<12 { #expect((records["skill-\(number)"] != nil) == (number >= 3), "skill-\(number)") }
        }
    }

    @Test("Of two that install one name at a time, one is told that it is taken")
    func race() async throws {
        try await withTemporaryFolder { folder in
            try writeSkill("a", in: "\(folder)/one", files: ["x": "1"])
            try writeSkill("a", in: "\(folder)/two", files: ["x": "2"])
            let installer = installer(folder)
            let kinds = await withTaskGroup(of: AuthoringError.Kind?.self) { group in
                for name in ["one", "two"] {
                    group.addTask {
                        await kindOfError { _ = try await installer.install(.folder("\(folder)/\(name)/a")) }
                    }
                }
                var kinds: [AuthoringError.Kind?] = []
                for await kind in group { kinds.append(kind) }
                return kinds
            }
            #expect(Set(kinds) == [nil, .conflict])
            let record = try #require(try InstallRecords(folder: "\(folder)/skills")["a"])
            let place = record.source.hasSuffix("one/a") ? "1" : "2"
            #expect(try text(of: "\(folder)/skills/a/x") == place)
        }
    }

    @Test("A lock that another holds is waited for, and said when the patience ends")
    func patience() async throws {
        try await withTemporaryFolder { folder in
            let held = try await FolderLock.acquire(folder)
            let error = await #expect(throws: AuthoringError.self) {
                _ = try await FolderLock.acquire(folder, patience: .milliseconds(30))
            }
            #expect(error?.message == "another process is changing \(folder)")
            withExtendedLifetime(held) {}
        }
    }
}
