import FoundationEssentials
import Storage
import Subprocesses
import TestSupport
import Testing

@testable import SkillAuthoring

@Suite("Installing from a Git repository", .enabled(if: InstalledProgram.exists("git")))
struct GitInstallTests {
    /// A repository with two skills, a tag, hooks, a submodule entry and an attribute that names a filter.
    private func withRepository(_ body: (_ folder: String, _ address: String) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let repository = "\(folder)/upstream"
            func git(_ arguments: String...) async throws {
                let identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
                let program = Subprocess(
                    executable: "git",
                    arguments: identity + arguments,
                    workingDirectory: repository
                )
                _ = try await program.run().checked("git")
            }
            try writeSkill("one", in: repository, files: ["tools.py": "first"])
            try await git("init", "--quiet")
            try await git("add", "--all")
            try await git("commit", "--quiet", "--message=first")
            try await git("tag", "v1")
            try writeSkill("two", in: repository, files: ["run.sh": "x"])
            try write("* filter=evil\n", to: "\(repository)/.gitattributes")
            try write("second", to: "\(repository)/one/tools.py")
            try write(
                "[submodule \"s\"]\n\tpath = s\n\turl = ext::sh -c touch% \(folder)/evil\n",
                to: "\(repository)/.gitmodules"
            )
            try await git("add", "--all")
            try await git("commit", "--quiet", "--message=second")
            try await body(folder, "file://\(repository)")
        }
    }

    private func installer(_ folder: String) -> SkillInstaller {
        SkillInstaller(destination: "\(folder)/skills") { ProcessInfo.processInfo.environment[$0] }
    }

    @Test("A skill is chosen by name, and its exact commit is remembered")
    func byName() async throws {
        try await withRepository { folder, address in
            let ambiguous = await kindOfError {
                _ = try await installer(folder).install(try InstallSource(address))
            }
            #expect(ambiguous == .usage)
            let outcome = try await installer(folder).install(try InstallSource(address), named: "one")
            #expect(try text(of: "\(folder)/skills/one/tools.py") == "second")
            #expect(outcome.record.revision?.count == 40)
            #expect(try InstallRecords(folder: "\(folder)/skills")["one"]?.source == address)
            #expect(names(in: "\(folder)/skills") == [InstallRecords.fileName, FolderLock.fileName, "one"])
            #expect(!FileSystem.exists("\(folder)/evil"))
        }
    }

    @Test("A tag pins the content, and its commit does so too")
    func pinned() async throws {
        try await withRepository { folder, address in
            let tagged = try await installer(folder).install(try InstallSource("\(address)#v1"))
            #expect(try text(of: "\(folder)/skills/one/tools.py") == "first")
            let revision = try #require(tagged.record.revision)
            let again = try await installer(folder).install(
                try InstallSource("\(address)#\(revision)"),
                policy: .init(replaces: true)
            )
            #expect(again.record.hash == tagged.record.hash)
            #expect(again.hasReplaced)
        }
    }

    @Test("What cannot be fetched is said, and nothing is left behind")
    func unreachable() async throws {
        try await withRepository { folder, address in
            for source in ["\(address)#no-such-branch", "file://\(folder)/nowhere"] {
                let kind = await kindOfError { _ = try await installer(folder).install(try InstallSource(source)) }
                #expect(kind == .program)
            }
            #expect(names(in: "\(folder)/skills") == [])
        }
    }
}
