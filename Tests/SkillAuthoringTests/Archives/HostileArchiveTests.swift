import Storage
import TestSupport
import Testing

@testable import SkillAuthoring

@Suite("Archives that mean harm", .enabled(if: InstalledProgram.exists("python3")))
struct HostileArchiveTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var file: String
        var python: String
        var says: String
        var testDescription: String { name }
    }

    static let cases = [
        Case(
            name: "a name that leads out, in a ZIP",
            file: "a.zip",
            python: #"zip_with([("a/SKILL.md", "x", 0o100644), ("a/../../evil.txt", "x", 0o100644)])"#,
            says: "leads out of the folder"
        ),
        Case(
            name: "a name that leads out, in a TAR",
            file: "a.tar.gz",
            python: #"tar_with([("../evil.txt", tarfile.REGTYPE, b"x", "")])"#,
            says: "leads out of the folder"
        ),
        Case(
            name: "an absolute name in a ZIP",
            file: "a.skill",
            python: #"zip_with([("/tmp/skillweaver-evil", "x", 0o100644)])"#,
            says: "is absolute"
        ),
        Case(
            name: "an absolute name in a TAR",
            file: "a.tgz",
            python: #"tar_with([("/tmp/skillweaver-evil", tarfile.REGTYPE, b"x", "")])"#,
            says: "is absolute"
        ),
        Case(
            name: "a backslash",
            file: "a.zip",
            python: #"zip_with([("a\\..\\..\\evil", "x", 0o100644)])"#,
            says: "leads out of the folder"
        ),
        Case(
            name: "a symbolic link in a ZIP",
            file: "a.zip",
            python: #"zip_with([("a/SKILL.md", "/etc/passwd", 0o120777)])"#,
            says: "symbolic link"
        ),
        Case(
            name: "a symbolic link in a TAR, and a file through it",
            file: "a.tgz",
            python: #"tar_with([("a", tarfile.SYMTYPE, b"", "/tmp"), ("a/evil", tarfile.REGTYPE, b"x", "")])"#,
            says: "symbolic link"
        ),
        Case(
            name: "a hard link",
            file: "a.tgz",
            python: #"tar_with([("a/x", tarfile.REGTYPE, b"x", ""), ("a/y", tarfile.LNKTYPE, b"", "a/x")])"#,
            says: "hard link"
        ),
        Case(
            name: "a device",
            file: "a.tgz",
            python: #"tar_with([("a/null", tarfile.CHRTYPE, b"", "")])"#,
            says: "device"
        ),
        Case(name: "a pipe", file: "a.tgz", python: #"tar_with([("a/p", tarfile.FIFOTYPE, b"", "")])"#, says: "pipe"),
        Case(
            name: "a name given twice",
            file: "a.zip",
            python: #"""
                import warnings; warnings.simplefilter("ignore")
                zip_with([("a/SKILL.md", "good", 0o100644), ("a/SKILL.md", "evil", 0o100644)])
                """#,
            says: "twice"
        ),
        Case(
            name: "a name given twice, spelt differently",
            file: "a.tgz",
            python: #"tar_with([("a/x", tarfile.REGTYPE, b"1", ""), ("./a//x", tarfile.REGTYPE, b"2", "")])"#,
            says: "twice"
        ),
        Case(
            name: "a file where a folder is",
            file: "a.tgz",
            python: #"tar_with([("a", tarfile.REGTYPE, b"1", ""), ("a/x", tarfile.REGTYPE, b"2", "")])"#,
            says: "cannot be written"
        ),
        Case(
            name: "a name that is not UTF-8",
            file: "a.tgz",
            python: #"tar_with([(b"a/\xff\xfe".decode("utf-8", "surrogateescape"), tarfile.REGTYPE, b"x", "")])"#,
            says: "UTF-8"
        ),
        Case(
            name: "a control character",
            file: "a.zip",
            python: #"zip_with([("a/x\x1b[2Jy", "x", 0o100644)])"#,
            says: "control character"
        ),
        Case(
            name: "a hundred thousand files",
            file: "a.zip",
            python: #"zip_with([(f"a/{n}", "", 0o100644) for n in range(100000)])"#,
            says: "more than 10000 files"
        ),
        Case(
            name: "a bomb of zeros",
            file: "a.zip",
            python: #"zip_with([("a/zeros", b"\0" * (40 << 20), 0o100644)], zipfile.ZIP_DEFLATED)"#,
            says: "times as large"
        ),
        Case(
            name: "a bomb of zeros in a TAR",
            file: "a.tgz",
            python: #"tar_with([("a/zeros", tarfile.REGTYPE, bytes(40 << 20), "")])"#,
            says: "times as large"
        ),
        Case(
            name: "a folder deeper than a skill's",
            file: "a.tgz",
            python: #"tar_with([("a/" * 40 + "x", tarfile.REGTYPE, b"x", "")])"#,
            says: "deeper"
        ),
        Case(
            name: "a ZIP cut short",
            file: "a.zip",
            python: #"""
                zip_with([("a/SKILL.md", "x" * 4000, 0o100644)])
                data = open(out, "rb").read(); open(out, "wb").write(data[:1000])
                """#,
            says: "cannot be read"
        ),
        Case(
            name: "garbage",
            file: "a.zip",
            python: #"open(out, "wb").write(b"PK" + bytes(range(256)) * 9)"#,
            says: "archive"
        ),
        Case(name: "nothing", file: "a.tgz", python: #"open(out, "wb").write(b"")"#, says: "cannot be read"),
    ]

    @Test("is refused as a whole, and nothing is left behind", arguments: cases)
    func refused(_ example: Case) async throws {
        try await withTemporaryFolder { folder in
            let archive = "\(folder)/\(example.file)"
            try await HostileArchive.make(example.python, at: archive)
            let installer = SkillInstaller(destination: "\(folder)/skills") { _ in nil }
            do {
                _ = try await installer.install(try InstallSource(archive))
                Issue.record("it was installed")
            } catch let error as AuthoringError {
                #expect(error.description.contains(example.says), "\(error)")
                #expect(error.description.utf8.allSatisfy { $0 >= 32 || $0 == 10 })
            }
            #expect(names(in: "\(folder)/skills") == [])
            #expect(names(in: folder) == [example.file, "skills"].sorted())
            #expect(!FileSystem.exists("/tmp/skillweaver-evil"))
        }
    }

    @Test("A NUL ends a name; what is behind it leads nowhere")
    func nul() async throws {
        try await withTemporaryFolder { folder in
            try await HostileArchive.make(
                #"""
                zip_with([("a/SKILL.mdX/../../../evil", "---\nname: a\ndescription: d\n---\n", 0o100644)])
                data = open(out, "rb").read(); open(out, "wb").write(data.replace(b"mdX/", b"md\0/"))
                """#,
                at: "\(folder)/a.zip"
            )
            let installer = SkillInstaller(destination: "\(folder)/skills") { _ in nil }
            _ = try? await installer.install(try InstallSource("\(folder)/a.zip"))
            #expect(!FileSystem.exists("\(folder)/evil"))
            #expect(Set(names(in: folder)).isSubset(of: ["a.zip", "skills"]))
        }
    }
}
